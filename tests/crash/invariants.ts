import { setTimeout as sleep } from "node:timers/promises";
import type { RoundState } from "../../src/quiz/round/round-state.ts";
import type { Store } from "../../src/store/store.ts";
import type { Promised } from "./crowd.ts";
import type { Recorder } from "./recorder.ts";

/** What must be 0 after any number of crashes, and what it was counted over. */
export interface Verdict {
  rounds: number;
  answers: number;
  acked: number;
  ackedLost: number;
  countedTwice: number;
  roundsStuck: number;
  messages: number;
  postedTwice: number;
  timers: number;
  firedTwice: number;
  neverFired: number;
  scoresWrong: number;
  unsent: number;
}

/** Waits until every round has ended and everything is sent, at most `patience` ms. */
export async function drained(store: Store, patience: number): Promise<void> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const round = await store.read.selectFrom("round").select("id").where("live", "=", 1).limit(1).execute();
    const unsent = await store.read.selectFrom("outbox").select("key").where("state", "=", 0).limit(1).execute();
    const probe = await store.read
      .selectFrom("timer")
      .select("id")
      .where("kind", "=", "probe")
      .where("state", "=", 0)
      .limit(1)
      .execute();
    if (round.length + unsent.length + probe.length === 0) return;
    await sleep(100);
  }
}

/** Compares what was promised and shown with what is stored. */
export async function judge(store: Store, promised: Iterable<Promised>, recorder: Recorder): Promise<Verdict> {
  const rounds = await store.read.selectFrom("round").select(["id", "state", "live"]).execute();
  const states = new Map(rounds.map(({ id, state }) => [id, JSON.parse(state) as RoundState]));
  const log = await store.read.selectFrom("answer").selectAll().execute();
  const kept = new Map(log.map((row) => [`${row.round}/${row.position}/${row.learner}`, row]));
  const acked = [...promised].filter((one) => one.acked >= 0);
  const ackedLost = acked.filter((one) => {
    const row = kept.get(`${one.round}/${one.position}/${one.learner}`);
    const order = states.get(one.round)?.questions[one.position]?.order ?? [];
    // A later press that was never confirmed may have counted; an earlier one may not have come back.
    return !row || !one.pressed.slice(one.acked).some((place) => order[place] === row.choice);
  });
  const counted = log.filter(({ correct }) => correct !== null);
  const scores = await store.read.selectFrom("score").selectAll().execute();
  const weeks = await store.read.selectFrom("score_week").selectAll().execute();
  const picks = await store.read.selectFrom("pick_count").select("picks").execute();
  const sumOf = (learner: string) => counted.filter((row) => row.learner === learner);
  const points = (learner: string) => sumOf(learner).reduce((sum, { correct }) => sum + (correct ?? 0), 0);
  const learners = new Set(counted.map(({ learner }) => learner));
  const wrong = [...learners].filter((learner) => {
    const score = scores.filter((row) => row.learner === learner);
    const week = weeks.filter((row) => row.learner === learner);
    return total(score, "points") !== points(learner) || total(week, "points") !== points(learner);
  });
  const twice = [...learners].filter(
    (learner) =>
      total(
        scores.filter((row) => row.learner === learner),
        "answers",
      ) !== sumOf(learner).length,
  );
  const picked = picks.reduce((sum, row) => sum + row.picks, 0);
  const fired = await store.read.selectFrom("event").select("key").where("key", "like", "fired/%").execute();
  const firings = Map.groupBy(fired, ({ key }) => key.split("/")[1] ?? "");
  const probes = await store.read
    .selectFrom("timer")
    .select("id")
    .where("kind", "=", "probe")
    .where("state", "=", 1)
    .execute();
  const unsent = await store.read.selectFrom("outbox").select("key").where("state", "=", 0).execute();
  return {
    rounds: rounds.length,
    answers: log.length,
    acked: acked.length,
    ackedLost: ackedLost.length,
    countedTwice: twice.length + Math.abs(picked - counted.length),
    roundsStuck: rounds.filter(({ live }) => live === 1).length,
    messages: recorder.messages.size,
    postedTwice: doubles(recorder),
    timers: probes.length,
    firedTwice: [...firings.values()].filter((rows) => rows.length > 1).length,
    neverFired: probes.filter(({ id }) => !firings.has(id)).length,
    scoresWrong: wrong.length,
    unsent: unsent.length,
  };
}

/** Messages that say the same question, quiz or scoreboard a second time in the same place. */
function doubles(recorder: Recorder): number {
  const seen = new Set<string>();
  let count = 0;
  for (const { place, reply } of recorder.messages.values()) {
    if (place.thread === undefined) continue;
    const heading = reply.blocks[0]?.kind === "heading" ? reply.blocks[0].text : "";
    const key = `${place.channel}/${place.thread}/${heading}`;
    if (seen.has(key)) count += 1;
    seen.add(key);
  }
  return count;
}

function total<K extends string>(rows: Record<K, number>[], column: K): number {
  return rows.reduce((sum, row) => sum + row[column], 0);
}
