import type { ClientOptions } from "discord.js";
import type { Place } from "../../core/context.ts";
import type { Inbox } from "../../core/inbox.ts";
import type { Log } from "../../core/log.ts";
import { opensThread } from "../../core/place-key.ts";
import type { Platform, PlatformHealth } from "../../core/platform.ts";
import { within } from "../../core/within.ts";
import { cut, visible } from "./draw/safe.ts";
import { listen } from "./intake/listen.ts";
import { listenToEnds } from "./intake/listen-to-ends.ts";
import { menus } from "./intake/menus.ts";
import { channelOf, platformName } from "./intake/read.ts";
import { limits } from "./limits.ts";
import { openSession } from "./talk/open-session.ts";
import type { Session } from "./talk/session.ts";
import { declare } from "./transport/commands.ts";
import { connect } from "./transport/connect.ts";
import { translate } from "./transport/failures.ts";
import { watchHealth } from "./transport/health.ts";
import { keepRegistering } from "./transport/keep-registering.ts";
import { register } from "./transport/register.ts";

/** What Discord needs. */
export interface DiscordOptions {
  token: string;
  /** Where Discord's REST interface is, without a version. Default: Discord's own. */
  apiUrl?: string;
  /** Register commands in this server only, where changes show at once. */
  guildId?: string;
  /** How many shards; `auto` asks Discord. Default: one. */
  shards?: number | "auto";
  log: Log;
  /** Remembers beyond the end of the process where direct messages are, and which are answered. */
  inbox?: Inbox;
  /** How much one person may ask for; default: 30 in 30 seconds. */
  throttle?: { points: number; seconds: number };
  /** Called when a server removes the bot: its data has to go. Not called for an outage. */
  onUninstall?(workspace: string): Promise<void>;
  /** Called when a channel or a thread was deleted: nothing can be posted there any more. */
  onGone?(place: Place): Promise<void>;
  /** Pauses (ms) after which commands that could not be registered are tried again. */
  registerPauses?: readonly number[];
  /** Further settings of the client library. */
  client?: Partial<ClientOptions>;
}

/** The Discord platform. `start` throws an Error in words for the host when Discord does not let it in. */
export function createDiscord(options: DiscordOptions): Platform {
  const { log } = options;
  const running = new Set<Promise<unknown>>();
  let cancel = new AbortController();
  let session: Session | undefined;
  let health: (() => PlatformHealth) | undefined;
  let stopping = false;

  const track = (work: Promise<unknown>) => {
    const done = work
      .catch((error: unknown) => log.error("event not handled", { error }))
      .finally(() => running.delete(done));
    running.add(done);
  };
  const active = (): Session => {
    if (!session) throw new Error("Discord is not connected");
    return session;
  };
  const send = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    try {
      return await work(active());
    } catch (error) {
      throw translate(error);
    }
  };

  return {
    name: platformName,
    async start(app) {
      [cancel, stopping] = [new AbortController(), false];
      const client = await connect(options);
      health = watchHealth(client);
      session = openSession(app, client, menus, options.throttle ?? limits.perPerson, {
        signal: cancel.signal,
        stopping: () => stopping,
      });
      listen(session, track, options.inbox);
      listenToEnds(session, track, options);
      await declareCommands(session, options);
    },
    post: (place, reply, { key } = {}) =>
      send(async ({ api, draw }) => {
        const id = await api.send(channelOf(place), draw(reply, {}), { key: key ?? crypto.randomUUID(), silent: true });
        return { place, id };
      }),
    edit: ({ place, id }, reply) => send(({ api, draw }) => api.edit(channelOf(place), id, draw(reply, {}))),
    openThread: ({ place, id }, title) =>
      send(async ({ api }): Promise<Place> => {
        // Threads and direct messages have no threads of their own.
        if (place.direct || !opensThread(place)) return place;
        const thread = await api.openThread(
          place.channel,
          id,
          cut(visible(title).trim() || "Thread", limits.threadName),
        );
        return thread === null ? place : { ...place, thread };
      }),
    health: () => health?.() ?? { state: "reconnecting" },
    async stop() {
      stopping = true;
      await within(Promise.all(running), limits.stopWithin, undefined);
      cancel.abort();
      await within(Promise.all(running), limits.stopWithin / 5, undefined);
      // While the library is just connecting again, its end may never come.
      if (session) await within(session.client.destroy(), limits.stopWithin / 5, undefined);
      [session, health] = [undefined, undefined];
    },
  };
}

/** Commands that cannot be declared yet do not keep the bot from answering mentions. */
function declareCommands(
  { app, client, menus: own, signal, ids }: Session,
  { guildId, log, registerPauses }: DiscordOptions,
): Promise<void> {
  const wanted = declare(app.commands, own, guildId === undefined);
  return keepRegistering(() => register(client.rest, client.application.id, wanted, guildId), {
    log,
    signal,
    registered: (known) => known.forEach((id, name) => void ids.set(name, id)),
    ...(registerPauses && { pauses: registerPauses }),
  });
}
