import { EventEmitter, once } from "node:events";

/** Loose JSON, as it travels. */
export type Json = Record<string, unknown>;

export interface SlackUser {
  id: string;
  name: string;
  display: string;
  admin: boolean;
  locale: string;
  zone: string;
}

export interface SlackMessage {
  ts: string;
  /** When the request that posted it had arrived, or a person wrote it, on the clock of `performance.now`. */
  at: number;
  channel: string;
  thread?: string;
  /** Who wrote it; the app's own bot user for its messages. */
  user: string;
  text: string;
  blocks: Json[];
  metadata?: Json;
  /** Set on ephemeral messages: the only person who sees it. */
  onlyFor?: string;
  files: SlackFile[];
  /** Every version's top-level text, oldest first. */
  versions: string[];
  /** Set while a stream is open. */
  streaming?: { recipient: string };
  /** The live plan of a streamed message. */
  plan?: { title: string; tasks: Map<string, Json> };
  deleted?: boolean;
}

export interface SlackFile {
  id: string;
  name: string;
  alt: string | undefined;
  bytes: Buffer;
  channel?: string;
}

export interface SlackChannel {
  id: string;
  name: string;
  kind: "channel" | "im";
  /** User ids, the bot's included. */
  members: Set<string>;
  archived: boolean;
  /** Only admins may post. */
  restricted?: boolean;
  /** Nobody outside of it knows of it, apps included. */
  hidden?: boolean;
  messages: SlackMessage[];
}

export interface SlackTeam {
  id: string;
  name: string;
  botToken: string;
  botUser: string;
  botId: string;
  /** Granted bot scopes. */
  scopes: Set<string>;
  installed: boolean;
  /** Whether the bot token was taken back. */
  revoked: boolean;
  users: Map<string, SlackUser>;
  channels: Map<string, SlackChannel>;
  homes: Map<string, Json>;
  /** The modal a person has open. */
  modals: Map<string, Json>;
  prompts: Map<string, Json[]>;
  statuses: { channel: string; thread: string; status: string }[];
}

export interface ApiCall {
  method: string;
  args: Json;
  team: string | undefined;
  error: string | undefined;
}

/** Everything the fake workspace knows. */
export interface World {
  teams: Map<string, SlackTeam>;
  calls: ApiCall[];
  /** What the real Slack would have refused, or a person would have been annoyed by. Tests want none. */
  problems: string[];
  problem(text: string): void;
  /** When the request that is being answered had arrived; undefined between requests. */
  arrived: number | undefined;
  now(): number;
  /** Moves the fake's clock, in ms. */
  advance(ms: number): void;
  ts(): string;
  id(prefix: string): string;
  changed(): void;
  /** Resolves with the first truthy value of `look`, which is asked again after every change; rejects after 40 s. */
  until<T>(look: () => T | undefined | false | null, what?: string): Promise<T>;
}

export function createWorld(): World {
  const emitter = new EventEmitter().setMaxListeners(0);
  let clock = 0;
  let counter = 0;
  const world: World = {
    teams: new Map(),
    calls: [],
    problems: [],
    arrived: undefined,
    problem(text) {
      world.problems.push(text);
      world.changed();
    },
    now: () => Date.now() + clock,
    advance(ms) {
      clock += ms;
    },
    ts: () => `${Math.floor(world.now() / 1000)}.${String(++counter).padStart(6, "0")}`,
    id: (prefix) => `${prefix}${(++counter).toString(36).toUpperCase().padStart(9, "0")}`,
    changed: () => void emitter.emit("change"),
    async until(look, what = "what the test waits for") {
      const limit = AbortSignal.timeout(40_000);
      for (;;) {
        const found = look();
        if (found) return found;
        try {
          await once(emitter, "change", { signal: limit });
        } catch {
          throw new Error(
            `${what} did not happen in 40 s${world.problems.length ? `; problems: ${world.problems.join(" | ")}` : ""}`,
          );
        }
      }
    },
  };
  return world;
}

/** Adds a workspace with one channel `C…` that the bot is in, and people who are in it. */
export function addTeam(world: World, name: string, scopes: readonly string[]): SlackTeam {
  const team: SlackTeam = {
    id: world.id("T"),
    name,
    botToken: `xoxb-${name}-${world.id("")}`,
    botUser: world.id("U"),
    botId: world.id("B"),
    scopes: new Set(scopes),
    installed: true,
    revoked: false,
    users: new Map(),
    channels: new Map(),
    homes: new Map(),
    modals: new Map(),
    prompts: new Map(),
    statuses: [],
  };
  world.teams.set(team.id, team);
  return team;
}

export function addUser(world: World, team: SlackTeam, name: string, more: Partial<SlackUser> = {}): SlackUser {
  const user: SlackUser = {
    id: world.id("U"),
    name,
    display: name,
    admin: false,
    locale: "en-GB",
    zone: "Europe/Berlin",
    ...more,
  };
  team.users.set(user.id, user);
  return user;
}

export function addChannel(world: World, team: SlackTeam, name: string, members: readonly string[]): SlackChannel {
  const channel: SlackChannel = {
    id: world.id("C"),
    name,
    kind: "channel",
    members: new Set(members),
    archived: false,
    messages: [],
  };
  team.channels.set(channel.id, channel);
  return channel;
}

/** The direct channel of the bot and a person; made when it is first needed. */
export function directChannel(world: World, team: SlackTeam, user: string): SlackChannel {
  for (const channel of team.channels.values()) if (channel.kind === "im" && channel.members.has(user)) return channel;
  const channel: SlackChannel = {
    id: world.id("D"),
    name: "direct",
    kind: "im",
    members: new Set([user, team.botUser]),
    archived: false,
    messages: [],
  };
  team.channels.set(channel.id, channel);
  return channel;
}

/** Adds a message and tells whoever waits. */
export function addMessage(
  world: World,
  channel: SlackChannel,
  message: Partial<SlackMessage> & { user: string },
): SlackMessage {
  const full: SlackMessage = {
    ts: world.ts(),
    at: world.arrived ?? performance.now(),
    channel: channel.id,
    text: "",
    blocks: [],
    files: [],
    versions: [],
    ...message,
  };
  full.versions.push(full.text);
  channel.messages.push(full);
  world.changed();
  return full;
}
