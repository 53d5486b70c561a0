import type { Caller, Place } from "../../core/context.ts";
import { UserError } from "../../core/errors.ts";
import { moment } from "../../core/moment.ts";
import { channelKey, workspaceKey } from "../../core/place-key.ts";
import { heading, privately, type Reply, reply, text } from "../../core/reply.ts";
import type { Question } from "../../curriculum/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { QuizParts } from "../parts.ts";
import { pickNext } from "../round/pick.ts";
import { newRound, wakeAt } from "../round/round.ts";
import type { RoundKeeper } from "../round/round-keeper.ts";
import { contentOf, insertRound, lockRound, picksOf, type Round } from "../round/round-rows.ts";
import { roundQuestions } from "../round/rounds.ts";
import { seededRandom } from "../shuffle.ts";
import type { Level } from "../solo/adaptive.ts";
import { questionsOf, type Topic } from "../topic.ts";
import { type DailyTime, nextDaily } from "./daily-time.ts";

/** The timer kind of the question of the day. */
export const dailyKind = "quiz-daily";

/** How long (ms) a moderator waits to hear whether the plan stands in the channel. */
const waitFor = 5000;

/** A question every day in a channel; the plan is told there, so that everybody knows it and that it can be posted. */
export function createDailies(parts: QuizParts, keeper: RoundKeeper) {
  const { store, timers, timing, curriculum, outbox } = parts;

  /** Plans the question of the day for the caller's channel; a plan that is there already is replaced. */
  async function plan(caller: Caller, time: DailyTime, topic: Topic, level: Level | "mixed"): Promise<Reply> {
    if (caller.place.direct)
      throw new UserError("The question of the day needs a channel. Use `quiz daily` in the channel it is for.");
    if (questionsOf(topic, curriculum.current).length === 0)
      throw new UserError(`There are no questions about ${topic.label} yet.`);
    const channel = channelKey(caller.place);
    const { value } = await store.once(caller.event, async (tx): Promise<{ reply: Reply; awaits: string }> => {
      const row = {
        workspace: workspaceKey(caller.place),
        place: JSON.stringify(caller.place),
        ...time,
        topic: topic.label,
        concepts: topic.concepts && JSON.stringify(topic.concepts),
        level,
        starter: caller.person.id,
      };
      await tx
        .insertInto("daily")
        .values({ channel, ...row, round: null })
        .onConflict((conflict) => conflict.column("channel").doUpdateSet(row))
        .execute();
      const at = nextDaily(time, store.now());
      await timers.set(tx, { id: `${dailyKind}:${channel}`, kind: dailyKind, dueAt: at, payload: { channel } });
      const clock = `${String(time.hour).padStart(2, "0")}:${String(time.minute).padStart(2, "0")}`;
      const when = `every day at ${clock} (${time.zone}), first on ${dayIn(at, time.zone)} at ${moment(at)}`;
      const plan = `A question about ${topic.label} comes here ${when}. Each answer is shown with the next question.`;
      const key = `daily:${parts.newId()}`;
      await outbox.post(tx, { key, place: caller.place, reply: reply(heading("Question of the day"), text(plan)) });
      return { reply: privately(reply(text(`${plan} \`quiz daily off\` ends it.`))), awaits: key };
    });
    const arrival = await outbox.arrival(value.awaits, waitFor);
    if (arrival?.state === "lost") {
      await store.write((tx) => drop(tx, channel));
      throw new UserError(`${arrival.advice ?? "I cannot post in this channel."} No question of the day was planned.`);
    }
    return value.reply;
  }

  /** Takes the plan of a channel back. */
  async function drop(tx: Tx, channel: string): Promise<{ round: string | null } | undefined> {
    const row = await tx.deleteFrom("daily").where("channel", "=", channel).returning("round").executeTakeFirst();
    await timers.cancel(tx, `${dailyKind}:${channel}`);
    return row;
  }

  /** Ends the question of the day in the caller's channel, revealing the open one. */
  async function cancel(caller: Caller): Promise<Reply> {
    const channel = channelKey(caller.place);
    const { value } = await store.once(caller.event, async (tx): Promise<Reply> => {
      const row = await drop(tx, channel);
      if (!row)
        throw new UserError(
          "There is no question of the day in this channel. `quiz daily 09:00 Europe/Berlin` plans one.",
        );
      if (row.round) await close(tx, row.round);
      return privately(reply(text("The question of the day has ended here.")));
    });
    return value;
  }

  /** Reveals yesterday's question, asks today's and plans tomorrow's. */
  async function fire(tx: Tx, channel: string): Promise<void> {
    const daily = await tx
      .selectFrom("daily")
      .selectAll()
      .where("channel", "=", channel)
      .forUpdate()
      .executeTakeFirst();
    if (!daily) return;
    const yesterday = daily.round ? await close(tx, daily.round) : null;
    const place: Place = JSON.parse(daily.place);
    const topic: Topic = { label: daily.topic, concepts: daily.concepts === null ? null : JSON.parse(daily.concepts) };
    const question = await draw(tx, channel, topic, daily.level as Level | "mixed");
    const id = parts.newId();
    if (question) await ask(tx, { id, place, topic, question, level: daily.level, starter: daily.starter }, yesterday);
    await tx
      .updateTable("daily")
      .set({ round: question ? id : null })
      .where("channel", "=", channel)
      .execute();
    const at = nextDaily(daily, store.now());
    await timers.set(tx, { id: `${dailyKind}:${channel}`, kind: dailyKind, dueAt: at, payload: { channel } });
  }

  async function ask(
    tx: Tx,
    {
      id,
      place,
      topic,
      question,
      level,
      starter,
    }: { id: string; place: Place; topic: Topic; question: Question; level: string; starter: string },
    note: string | null,
  ): Promise<void> {
    const questions = roundQuestions([question], parts.newId() + parts.newId());
    const { state } = newRound({ mode: "daily", pace: "none", questions, lobby: false }, store.now(), timing);
    const channel = channelKey(place);
    const round: Round = {
      ...{ id, channel, starter, topic, level, place, state, mode: "daily", pace: "none" },
      workspace: workspaceKey(place),
      at: store.now(),
    };
    await insertRound(tx, round, [question]);
    await keeper.postQuestion(tx, round, note ?? undefined);
    await keeper.arm(tx, round, wakeAt(state) ?? store.now());
  }

  /** Reveals the open question; says how it went, for the message of the next one. */
  async function close(tx: Tx, id: string): Promise<string | null> {
    const round = await lockRound(tx, id);
    if (round?.state.phase.name !== "open") return null;
    const facts = await keeper.facts(tx, round);
    await keeper.apply(tx, round, { type: "advance", at: store.now(), position: 0, from: "open", ...facts });
    const question = (await contentOf(tx, id))[0];
    const right = question?.options.findIndex((option) => option.right) ?? -1;
    const picks = await picksOf(tx, id, 0);
    const all = picks.reduce((sum, count) => sum + count, 0);
    const answer = question?.options[right]?.text ?? "";
    return all > 0
      ? `Last question: ${picks[right] ?? 0} of ${all} right. The answer was: ${answer}`
      : `Last question: nobody answered. The answer was: ${answer}`;
  }

  /** The question this channel has not had for the longest time. */
  async function draw(tx: Tx, channel: string, topic: Topic, level: Level | "mixed"): Promise<Question | undefined> {
    const rows = await tx.selectFrom("asked").select(["question", "at"]).where("channel", "=", channel).execute();
    const all = questionsOf(topic, curriculum.current);
    const fitting = all.filter((question) => level === "mixed" || question.level === level);
    const seen = new Map(rows.map(({ question, at }) => [question, at]));
    return pickNext(
      fitting.length ? fitting : all,
      level === "mixed" ? "medium" : level,
      seen,
      seededRandom(parts.newId()),
    );
  }

  return { plan, cancel, fire };
}

function dayIn(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en", { timeZone: zone, weekday: "long" }).format(at);
}
