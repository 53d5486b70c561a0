import { UserError } from "../core/errors.ts";
import { button, press } from "../core/reply.ts";
import { EngineError } from "../engine/engine-error.ts";

/** Said while the engine does not answer. */
export const awayWords =
  "Docker is not answering right now, so sandboxes cannot be used. I keep trying, and what is in your sandbox is kept; questions and quizzes work as always.";

/** Turns what the engine port threw into words for the person; anything else is handed back as it is. */
export function explain(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  if (error.kind === "unreachable") return new UserError(awayWords);
  if (error.kind === "too-large")
    return new UserError(
      "Your container has more changed files than can be listed here. Delete some of them, or start afresh.",
      [button("Reset", press("sandbox reset", { confirm: "yes" }), "danger")],
    );
  return new UserError(`That did not work: ${error.message}. Nothing was lost; please try again.`, [
    button("My sandbox", press("sandbox status")),
  ]);
}

/** Runs `work` and lets only errors through that a person can read, or that are faults of the program. */
export async function readably<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(error);
  }
}
