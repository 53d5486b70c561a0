import type { z } from "zod";
import type { Finding, Surroundings } from "./checks/finding.ts";
import type { Place } from "./context.ts";
import type { Inbox } from "./inbox.ts";
import type { Log } from "./log.ts";
import type { Platform } from "./platform.ts";

/** What a platform calls things, for sentences of any part. */
export interface PlatformWords {
  /** Whom the platform itself takes for a moderator. */
  moderators: string;
  /** Whom people can choose after typing @, such as `person or role`. */
  named: string;
  /** Where else than in its channels a workspace's sandboxes work, such as `in your direct messages with me`. */
  elsewhere?: string;
}

/** Whom a mention names: the id of a person, or `role:` and the id of a role; or why that cannot be told, for the person who typed it. */
export type Named = { id: string } | { refused: string };

/** What the parts may ask about the platform of a place. */
export interface PlatformFacts {
  words: PlatformWords;
  /** Reads a mention as people's programs write it. Null when it names nobody. */
  readMention(typed: string, place: Place): Named | null;
  /** Names of the doctor's findings that moderators can mend in their own server or workspace. */
  moderatorsMend?: readonly string[];
}

/** Where a platform keeps what it is handed when a workspace installs the bot. It holds secrets. */
export interface Installations {
  /** Resolves when it is on disk; replaces an earlier one. */
  save(key: string, installation: unknown): Promise<void>;
  /** What was saved, or undefined. */
  fetch(key: string): Promise<unknown>;
  /** When it was saved, in ms since the epoch, or undefined. */
  since(key: string): Promise<number | undefined>;
  remove(key: string): Promise<void>;
}

/** What the bot gives a platform that it makes. */
export interface House {
  log: Log;
  inbox: Inbox;
  /** A folder for files. */
  dataDir: string;
  installations: Installations;
  /** Resolves when announcements that were caused so far have been posted. */
  settled(): Promise<void>;
  /** A channel or thread is gone for good. */
  onGone(place: Place): Promise<void>;
  /** A workspace removed the bot: its data has to go. */
  onUninstall(workspace: string): Promise<void>;
  /** Adds a section to everybody's export, for what the platform itself keeps of people. */
  onCollect(name: string, collect: (person: string) => Record<string, unknown>): void;
  /** Calls `effect` with the id of everybody whose data was deleted, for what the platform itself keeps of people. */
  onForget(effect: (person: string) => void): void;
}

/** Everything the bot knows about one platform before it runs: what `src/platforms/<name>/index.ts` says. */
export interface PlatformKind<S extends z.ZodRawShape = z.ZodRawShape> extends PlatformFacts {
  /** In lower case; begins the ids of people and places. */
  name: string;
  /** Settings by their names in the environment, each with a description that says where to get the value. */
  settings: S;
  /** How the ids of people look, name of the platform and colon included, as a host writes them. */
  people?: { ids: RegExp; example: string };
  /** Settings that no report may show. */
  secrets?: readonly (keyof S & string)[];
  /** What is missing or too much when only half is set: sentences that begin with the setting's name and a colon. */
  misfits?(settings: z.output<z.ZodObject<S>>): string[];
  isSetUp(settings: z.output<z.ZodObject<S>>): boolean;
  /** It runs where no other platform is set up, alone, and the bot ends when it closes. */
  standIn?: boolean;
  /** Asks the platform's service whether everything is as it should be. */
  check?(surroundings: Surroundings<z.output<z.ZodObject<S>>>): Promise<Finding[]>;
  /** Whether its check looks at one workspace when somebody there asks. */
  checksWorkspaces?: boolean;
  /** Loads all its code and starts nothing. */
  load(): Promise<unknown>;
  /** Makes it. Client libraries are loaded only now, since each takes a second. */
  create(settings: z.output<z.ZodObject<S>>, house: House): Promise<Platform>;
}

/** Types a platform's settings for what reads them, and hands it back unchanged. */
export function definePlatform<S extends z.ZodRawShape>(kind: PlatformKind<S>): PlatformKind {
  return kind as unknown as PlatformKind;
}

/** The platforms by name, as the parts know them. */
export interface PlatformDirectory {
  of(platform: string): PlatformFacts;
}

/** Reads a mention where people are known by their names. */
export function readName(typed: string, { platform }: Pick<Place, "platform">): Named | null {
  const [, name] = /^@?([\p{L}\p{N}][\p{L}\p{N}_-]{0,30})$/u.exec(typed.trim()) ?? [];
  return name === undefined ? null : { id: `${platform}:${name.toLowerCase()}` };
}

/** A place on a platform that nobody described. */
const unknown: PlatformFacts = {
  words: { moderators: "whom the platform names", named: "person" },
  readMention: readName,
};

/** Finds the description of a place's platform. */
export function directoryOf(kinds: readonly (PlatformFacts & { name: string })[]): PlatformDirectory {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  return { of: (platform) => byName.get(platform) ?? unknown };
}
