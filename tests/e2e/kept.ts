import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What the bot's store says about quizzes once the bot is gone. */
export function readKept(dataDir: string) {
  const database = new DatabaseSync(join(dataDir, "bakehouse.db"), { readOnly: true });
  const all = <T>(query: string) => database.prepare(query).all() as T[];
  try {
    return {
      rounds: all<{ id: string; workspace: string; live: number; state: string }>(
        "select id, workspace, live, state from round",
      ).map(({ state, ...round }) => ({ ...round, state: JSON.parse(state) as { questions: { order: number[] }[] } })),
      answers: all<{ round: string; position: number; learner: string; choice: number; correct: number | null }>(
        "select round, position, learner, choice, correct from answer",
      ),
      points: all<{ learner: string; points: number; answers: number }>(
        "select learner, sum(points) as points, sum(answers) as answers from score group by learner",
      ),
      /** The message of each announcement, by its key. */
      messages: new Map(
        all<{ key: string; ref: string }>("select key, ref from outbox where kind = 'message' and ref is not null").map(
          ({ key, ref }) => [(JSON.parse(ref) as { id: string }).id, key],
        ),
      ),
      unsent: all<{ key: string }>("select key from outbox where state <> 1").map(({ key }) => key),
    };
  } finally {
    database.close();
  }
}

/** How many of Slack's events the bot was told and has neither answered nor given up. (Discord's rows are direct channels it looks after.) */
export function countUnanswered(dataDir: string): number {
  const database = new DatabaseSync(join(dataDir, "bakehouse.db"), { readOnly: true });
  try {
    return Number(
      database.prepare("select count(*) as events from inbox where state = 0 and platform = 'slack'").get()?.events,
    );
  } finally {
    database.close();
  }
}
