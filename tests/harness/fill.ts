import { sql } from "kysely";
import { weekOf } from "../../src/quiz/record/week.ts";
import type { Store } from "../../src/store/store.ts";

/** How a filled store is shaped: everybody has 50 answers and 10 reviews, spread over ten workspaces. */
const perLearner = 50;
const workspaces = 10;

/** Loads `answers` answers with their scores and reviews by SQL; the people are `load:0`, `load:1`, … in workspaces `load:0` to `load:9`. */
export async function fillStore(store: Store, answers: number): Promise<{ learners: number }> {
  const learners = Math.floor(answers / perLearner);
  const now = store.now();
  const week = weekOf(now);
  const step = 2_000;
  for (let from = 0; from < learners; from += step) {
    const to = Math.min(learners, from + step);
    await store.write(async (tx) => {
      // A hundred thousand rows take longer than anything the bot does itself is allowed to.
      if (store.kind === "postgres") await sql`set local statement_timeout = 0`.execute(tx);
      const people = series(store, "n", from, to);
      const turns = series(store, "k", 0, perLearner);
      const cards = series(store, "c", 0, 10);
      await sql`insert into learner (id, name, named, alias, days, day, level, run, at)
        select 'load:' || n, 'Learner ' || n, n % 2, 'a' || n, 1, '2026-01-01', 'easy', 0, ${sql.lit(now)} from ${people}`.execute(
        tx,
      );
      await sql`insert into answer (round, position, learner, workspace, kind, question, concept, choice, changes, hinted, correct, at)
        select 'r' || (n % 1000) || '-' || k, 0, 'load:' || n, 'load:' || (n % ${sql.lit(workspaces)}), 'timed', 'q' || (k % 150), 'concept-' || (k % 10),
          k % 4, 0, 0, case when (n + k) % 3 = 0 then 0 else 1 end, ${sql.lit(now)} - k * 3600000 - n % 1000
        from ${people} cross join ${turns}`.execute(tx);
      await sql`insert into score (workspace, learner, points, answers)
        select 'load:' || (n % ${sql.lit(workspaces)}), 'load:' || n, (n * 7919) % 1000, 50 from ${people}`.execute(tx);
      await sql`insert into score_week (workspace, week, learner, points, answers)
        select 'load:' || (n % ${sql.lit(workspaces)}), ${sql.lit(week)}, 'load:' || n, (n * 7919) % 50, 50 from ${people}`.execute(
        tx,
      );
      await sql`insert into review (learner, concept, due_at, stability, difficulty, reps, lapses, state, last_at, asked, correct, missed)
        select 'load:' || n, 'concept-' || c, ${sql.lit(now)} + (c - 5) * 86400000, 3, 5, 2, 0, 2, ${sql.lit(now)} - 86400000, 5, 3,
          case when c % 3 = 0 then 'q' || c else null end
        from ${people} cross join ${cards}`.execute(tx);
    });
  }
  await fillRest(store, now, week);
  if (store.kind === "postgres") await sql`analyze`.execute(store.read);
  return { learners };
}

/** 20,000 rows in every other table of the quiz, as a busy year leaves them. */
async function fillRest(store: Store, now: number, week: string): Promise<void> {
  const rows = series(store, "n", 0, 20_000);
  const at = sql.lit(now);
  await store.write(async (tx) => {
    await sql`insert into learner (id, name, named, alias, days, day, level, run, at)
      select 'idle:' || n, 'Learner', 0, 'a', 1, '2026-01-01', 'easy', 0, ${at} from ${rows}`.execute(tx);
    await sql`insert into round (id, workspace, channel, active, mode, starter, topic, concepts, level, pace, place, state, content, live, at)
      select 'r' || n, 'load:1', 'c' || n, case when n % 1000 = 0 then 'c' || n else null end, 'timed', 'load:' || n, 't', null, 'easy', 'none', '{}', '{}', '[]',
        0, ${at} from ${rows}`.execute(tx);
    await sql`insert into round_player (round, learner, waiting, answered, hinted)
      select 'r' || (n % 1000), 'load:' || n, n % 2, 3, -1 from ${rows}`.execute(tx);
    await sql`insert into asked (channel, question, at) select 'c' || (n % 1000), 'q' || n, ${at} from ${rows}`.execute(
      tx,
    );
    await sql`insert into pick_count (workspace, week, question, choice, concept, misconception, correct, picks)
      select 'load:' || (n % 100), ${sql.lit(week)}, 'q' || (n / 100), n % 4, 'concept-1', null, 0, 3 from ${rows}`.execute(
      tx,
    );
    await sql`insert into feedback (learner, about, workspace, verdict, comment, at)
      select 'load:' || n, 'concept-1', 'load:' || (n % 100), 'helpful', null, ${at} from ${rows}`.execute(tx);
    await sql`insert into unanswered (id, workspace, learner, question, outcome, nearest, at)
      select 'u' || n, 'load:' || (n % 100), 'load:' || n, 'why', 'decline', null, ${at} from ${rows}`.execute(tx);
  });
}

/** Numbers from `from` up to but not including `to`, as a table with the column `name`. */
function series({ kind }: Store, name: string, from: number, to: number) {
  const [column, first, last] = [sql.ref(name), sql.lit(from), sql.lit(to - 1)];
  if (kind === "postgres") return sql`generate_series(${first}, ${last}) as ${sql.id(`s_${name}`)} (${column})`;
  return sql`(with recursive counted (${column}) as (select ${first} union all select ${column} + 1 from counted where ${column} < ${last}) select ${column} from counted)`;
}
