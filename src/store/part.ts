import type { Finding, Surroundings } from "../core/checks/finding.ts";
import type { Metric } from "../core/checks/metric.ts";
import type { Command } from "../core/command.ts";
import type { Services } from "../core/context.ts";
import type { Log } from "../core/log.ts";
import type { ForgetWorkspace } from "./gone-workspace.ts";
import type { Leases } from "./leases.ts";
import type { Migration } from "./migrate.ts";
import type { Outbox } from "./outbox.ts";
import type { PersonalPart } from "./personal-data.ts";
import type { Store } from "./store.ts";
import type { Timers } from "./timers.ts";

/** What a part is made with. */
export interface PartPorts {
  store: Store;
  outbox: Outbox;
  timers: Timers;
  leases: Leases;
  log: Log;
  /** The services of the parts before this one; later ones are there once the bot runs. */
  services: Services;
}

/** A part that was made. */
export interface MadePart {
  /** What commands may use of it. */
  services: Partial<Services>;
  /** Deletes what is too old to be needed; called now and then by one process. Resolves with the number of rows. */
  prune?(): Promise<number>;
  /** Lets go of what it holds, while the store is still open. */
  close?(): Promise<unknown>;
}

/**
 * Everything that a part of the house brings, said in one place: `src/<part>/part.ts`, listed in `src/parts.ts`.
 * Its tables are typed beside its code by `declare module "../store/store.ts"`.
 */
export interface Part {
  name: string;
  /** The steps that make its tables. */
  migrations?: readonly Migration[];
  /** What it keeps of a person: its section of an export, and how that is forgotten. */
  personal?: PersonalPart;
  /** Deletes what it keeps of a workspace. */
  forgetWorkspace?: ForgetWorkspace;
  /** Commands besides those of the folder `commands`. */
  commands?: readonly Command[];
  /** Looks whether everything it needs is there, for the doctor. */
  check?(surroundings: Surroundings): Promise<Finding[]>;
  /** What it can tell of itself as numbers. */
  metrics?(store: Store): Metric[];
  /** Makes what commands use of it. */
  create?(ports: PartPorts): MadePart | Promise<MadePart>;
}

/** Every step of the schema, in the order of their names; names never change, so that every older database can be opened. */
export function migrationsOf(parts: readonly Part[]): Migration[] {
  return parts.flatMap(({ migrations = [] }) => migrations).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is kept of people, in the order of an export. */
export function personalOf(parts: readonly Part[]): PersonalPart[] {
  return parts.flatMap(({ personal }) => personal ?? []);
}

/** How everything of a workspace is deleted. */
export function forgettingOf(parts: readonly Part[]): ForgetWorkspace[] {
  return parts.flatMap(({ forgetWorkspace }) => forgetWorkspace ?? []);
}
