/** What somebody thought of an answer; the newest counts. `about` is a concept id; `comment` may be null. */
interface FeedbackTable {
  learner: string;
  about: string;
  workspace: string;
  verdict: string;
  comment: string | null;
  at: number;
}

/** A question that got no certain answer. `outcome` is what the search said, `nearest` the concept it came closest to. */
interface UnansweredTable {
  id: string;
  workspace: string;
  learner: string;
  question: string;
  outcome: string;
  nearest: string | null;
  at: number;
}

declare module "../store/store.ts" {
  interface Tables {
    feedback: FeedbackTable;
    unanswered: UnansweredTable;
  }
}
