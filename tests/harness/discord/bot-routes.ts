import { createChannelRoutes } from "./channel-routes.ts";
import { createCommandRoutes } from "./command-routes.ts";
import type { Composing } from "./composing.ts";
import { createGuildRoutes } from "./guild-routes.ts";
import type { Route } from "./rest.ts";
import { userJson } from "./wire.ts";
import type { Message, World } from "./world.ts";

export interface BotRouteParts {
  world: World;
  composing: Composing;
  problem(said: string): void;
  publish(message: Message, event: "MESSAGE_CREATE" | "MESSAGE_UPDATE"): void;
  dispatch(event: string, data: unknown, guild?: string): void;
  gatewayUrl(): string;
}

/** A registered application command, as it was sent, and where it counts. */
export interface Registered {
  id: string;
  guild?: string;
  body: {
    type?: number;
    name: string;
    options?: RegisteredOption[];
    default_member_permissions?: string | null;
    contexts?: number[];
    integration_types?: number[];
    [key: string]: unknown;
  };
}

export interface RegisteredOption {
  type: number;
  name: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string | number }[];
  options?: RegisteredOption[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
}

/** What a bot does with its own token: its account, servers, commands, channels, messages, threads. */
export function createBotRoutes(parts: BotRouteParts) {
  const { world } = parts;
  const { routes: commandRoutes, commands, writes } = createCommandRoutes(parts);
  const routes: Route[] = [
    {
      method: "GET",
      path: "/gateway/bot",
      handle: () => ({
        url: parts.gatewayUrl(),
        shards: 1,
        session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
      }),
    },
    { method: "GET", path: "/users/@me", handle: () => userJson(world.bot) },
    {
      method: "GET",
      path: "/applications/@me",
      handle: () => ({ id: world.applicationId, name: world.bot.name, bot: userJson(world.bot), ...world.application }),
    },
    ...createGuildRoutes(world),
    ...commandRoutes,
    ...createChannelRoutes(parts),
  ];
  return { routes, commands, writes };
}
