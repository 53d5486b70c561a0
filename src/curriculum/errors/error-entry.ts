import { z } from "zod";
import type { Part } from "../markdown.ts";
import { httpsUrl, idPattern } from "../schema.ts";
import type { ErrorPattern } from "./error-pattern.ts";

/** Front matter of `errors/<area>.md`: the concept and the official pages of all its entries, unless one names its own. */
export const errorsHead = z.strictObject({
  concept: z.string().regex(idPattern),
  sources: z.array(httpsUrl).min(1, "name at least one official source"),
});
export type ErrorsHead = z.output<typeof errorsHead>;

/** What may stand as `key: value` under an entry's heading. */
export const errorKeys = ["concept", "asks", "shows", "rank", "source"] as const;

/** How exact an entry is: the cause itself, a message that only wraps the cause (like an exit code), or merely the part that failed. */
export const errorRanks = ["cause", "wrapper", "part"] as const;
export type ErrorRank = (typeof errorRanks)[number];

/** A family of error texts with one cause, and what to do about it. */
export interface ErrorEntry {
  /** The area, a dot, and the heading in a few words. */
  id: string;
  title: string;
  concept: string;
  rank: ErrorRank;
  patterns: readonly ErrorPattern[];
  /** Real error texts, for the checks. */
  seen: readonly string[];
  /** Cause, check and fix: prose and blocks with placeholders for values. */
  parts: readonly Part[];
  sources: readonly string[];
  /** The command whose output decides between several causes. */
  asks?: string;
  /** The experiment that makes this error happen. */
  experiment?: string;
}
