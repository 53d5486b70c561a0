import type { Command } from "../command.ts";

/** What one check saw. `mend` says what to do; a warning costs something, a failure keeps a part from working. */
export type Finding =
  | { name: string; state: "ok"; found: string }
  | { name: string; state: "warn" | "fail"; found: string; means: string; mend: string };

/** What the checks may use. */
export interface Surroundings<Config = Record<string, unknown>> {
  /** The settings that are usable, whatever is wrong with others. */
  config: Config;
  /** The environment the settings were read from, for what `docker` reads itself. */
  environment: Record<string, string | undefined>;
  /** The commands of this program, which a platform should know. */
  commands: readonly Command[];
  /** The only workspace to look at, with its platform; every one when left out. */
  only?: { platform: string; workspace: string };
  /** Milliseconds since the epoch, by this machine's clock. */
  now(): number;
  /** Hands over what another machine's clock said, for the check of the clock. */
  heard(clock: Clock): void;
}

/** The time another machine named, in ms since the epoch, and this machine's when it did. */
export interface Clock {
  whose: string;
  theirs: number;
  ours: number;
}

/** Looks at one part and tells what it found. What it throws becomes a failure of its own. */
export type Check<Config> = (surroundings: Surroundings<Config>) => Finding[] | Promise<Finding[]>;

/** A finding that is well. */
export function ok(name: string, found: string): Finding {
  return { name, state: "ok", found };
}

/** Something that works, at a price. */
export function warn(name: string, found: string, means: string, mend: string): Finding {
  return { name, state: "warn", found, means, mend };
}

/** Something that does not work. */
export function fail(name: string, found: string, means: string, mend: string): Finding {
  return { name, state: "fail", found, means, mend };
}
