import type { Config } from "../config.ts";
import type { Check, Surroundings } from "../core/checks/finding.ts";

/** What the checks of the bot itself may use. */
export type OwnSurroundings = Surroundings<Config>;

/** A check of the bot itself, not of a platform. */
export type OwnCheck = Check<Config>;
