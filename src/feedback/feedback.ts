import { randomBytes } from "node:crypto";
import type { Caller } from "../core/context.ts";
import type { Log } from "../core/log.ts";
import { workspaceKey } from "../core/place-key.ts";
import { weekOf } from "../quiz/record/week.ts";
import type { Store } from "../store/store.ts";
import { type Insights, readInsights } from "./insights.ts";
import "./tables.ts";

declare module "../core/context.ts" {
  interface Services {
    feedback: Feedback;
  }
}

type Verdict = "helpful" | "unhelpful";

/** What the search found for a question, as far as the log of unanswered questions needs it. */
interface UnansweredFinding {
  outcome: string;
  ranked: readonly { concept: string }[];
}

/** What learners think of answers, and what they asked in vain. */
export interface Feedback {
  /** Notes a verdict; the comment of an earlier one stays. Resolves when it is on disk. */
  rate(caller: Caller, about: string, verdict: Verdict): Promise<void>;
  /** Notes a comment, at most {@link longestComment} characters. */
  comment(caller: Caller, about: string, comment: string): Promise<void>;
  /** Notes a question that got no certain answer. Never throws: a full log must not cost the person their reply. */
  recordUnanswered(question: string, finding: UnansweredFinding, caller: Caller): Promise<void>;
  /** How the caller's workspace did in the last weeks, without names. */
  insights(caller: Caller, weeks: number): Promise<Insights>;
}

/** The longest comment that is kept, in characters; the rest is cut. Of a question as much is kept. */
const longestComment = 500;

/** Keeps feedback in the store. */
export function createFeedback({ store, log }: { store: Store; log: Log }): Feedback {
  return {
    async rate(caller, about, verdict) {
      await note(caller, about, { verdict });
    },
    async comment(caller, about, comment) {
      await note(caller, about, { comment: tidy(comment) });
    },
    async recordUnanswered(question, { outcome, ranked }, caller) {
      const row = {
        id: randomBytes(8).toString("hex"),
        workspace: workspaceKey(caller.place),
        learner: caller.person.id,
        question: tidy(question),
        outcome,
        nearest: ranked[0]?.concept ?? null,
        at: store.now(),
      };
      try {
        await store.once(caller.event, async (tx) => {
          await tx.insertInto("unanswered").values(row).execute();
        });
      } catch (error) {
        log.warn("an unanswered question was not kept", { error });
      }
    },
    insights(caller, weeks) {
      const since = store.now() - weeks * 7 * 86_400_000;
      return readInsights(store.read, workspaceKey(caller.place), { since, week: weekOf(since) });
    },
  };

  async function note(caller: Caller, about: string, said: { verdict: Verdict } | { comment: string }): Promise<void> {
    const at = store.now();
    const workspace = workspaceKey(caller.place);
    await store.once(caller.event, async (tx) => {
      await tx
        .insertInto("feedback")
        .values({ learner: caller.person.id, about, workspace, verdict: "comment", comment: null, ...said, at })
        .onConflict((conflict) => conflict.columns(["learner", "about"]).doUpdateSet({ ...said, workspace, at }))
        .execute();
    });
  }
}

function tidy(typed: string): string {
  const line = typed.toWellFormed().replace(/\s+/g, " ").trim();
  return [...line].slice(0, longestComment).join("");
}
