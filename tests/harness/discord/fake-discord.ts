import type { AddressInfo } from "node:net";
import { type BotRouteParts, createBotRoutes } from "./bot-routes.ts";
import { createComposing } from "./composing.ts";
import { createDriver, type Driver } from "./driver.ts";
import { createExchanges } from "./exchange.ts";
import { createGateway } from "./gateway.ts";
import { messageJson } from "./message-json.ts";
import { createRest } from "./rest.ts";
import { createUpheaval } from "./upheaval.ts";
import { createWorld, type Message } from "./world.ts";

export interface FakeDiscordOptions {
  /** Time for the first answer, in ms. Discord's own: 3000. */
  ackMs?: number;
  /** Life of an interaction's token, in ms. Discord's own: 15 minutes. */
  tokenMs?: number;
  /** Between heartbeats, in ms. */
  heartbeat?: number;
}

/**
 * A Discord of its own on 127.0.0.1: REST and gateway as the real client library meets them, one server with a channel, and people.
 * Refuses what the real one refuses, and keeps every breach of its rules in `problems`.
 */
export async function startFakeDiscord({
  ackMs = 3000,
  tokenMs = 15 * 60_000,
  heartbeat = 41_250,
}: FakeDiscordOptions = {}) {
  const world = createWorld();
  const token = `${Buffer.from(world.bot.id).toString("base64url")}.fake.token-for-tests`;
  const problems: string[] = [];
  const problem = (said: string) => void problems.push(said);
  const drivers = new Map<string, Driver>();
  let port = 0;

  const composing = createComposing(world, problem);
  const publish: BotRouteParts["publish"] = (message: Message, event) => {
    const { guild } = message.channel;
    gateway.dispatch(
      event,
      { ...messageJson(message, world), channel_type: message.channel.type, ...(guild && { guild_id: guild.id }) },
      { intent: guild ? 1 << 9 : 1 << 12, guild: guild?.id },
    );
    world.changed();
  };
  const gatewayUrl = () => `ws://127.0.0.1:${port}`;
  const {
    routes: exchangeRoutes,
    exchanges,
    late,
  } = createExchanges({ world, composing, problem, publish, ackMs, tokenMs });
  const bot = createBotRoutes({
    world,
    composing,
    problem,
    publish,
    gatewayUrl,
    dispatch: (event, data, guild) => gateway.dispatch(event, data, { intent: 1, guild }),
  });
  const rest = createRest({ token, routes: [...exchangeRoutes, ...bot.routes], problem, changed: world.changed });
  const gateway = createGateway(rest.server, world, { token, heartbeat, url: gatewayUrl, problem });
  await new Promise<void>((resolve) => rest.server.listen(0, "127.0.0.1", resolve));
  port = (rest.server.address() as AddressInfo).port;

  return {
    world,
    token,
    apiUrl: `http://127.0.0.1:${port}/api`,
    gateway,
    problems,
    /** Requests so far, with bodies and files. */
    requests: rest.log,
    fail: rest.fail,
    faultsLeft: rest.faultsLeft,
    registered: bot.commands,
    /** How often the list of commands was written. */
    commandWrites: () => bot.writes.commands,
    exchanges,
    /** Interactions whose first answer came after the deadline and was refused. */
    late,
    upheaval: createUpheaval(world, gateway.dispatch),
    /** A person by name; made at first sight. */
    as(name: string): Driver {
      const known = drivers.get(name);
      if (known) return known;
      const driver = createDriver(
        { world, commands: bot.commands, exchanges, dispatch: gateway.dispatch },
        world.addUser(name),
      );
      drivers.set(name, driver);
      return driver;
    },
    /** Everything that went wrong so far: breaches of the rules, and interactions that nobody answered. */
    verdict(): string[] {
      const unanswered = [...exchanges.values()].filter(({ answer, excused }) => answer === undefined && !excused);
      return [...problems, ...unanswered.map(({ id, type }) => `interaction ${id} of type ${type} was never answered`)];
    },
    async stop(): Promise<void> {
      gateway.stop();
      rest.server.closeAllConnections();
      await new Promise((resolve) => rest.server.close(resolve));
    },
  };
}

export type FakeDiscord = Awaited<ReturnType<typeof startFakeDiscord>>;
