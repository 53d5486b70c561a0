import type { Caller } from "../../core/context.ts";
import { UserError } from "../../core/errors.ts";
import { button, controls, press, privately, type Reply, reply, text } from "../../core/reply.ts";
import type { Question } from "../../curriculum/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { QuizParts } from "../parts.ts";
import { reviewsToDo } from "../record/reviews.ts";
import { askOf } from "../round/pick.ts";
import type { RoundMessages } from "../round/round-messages.ts";
import type { Decision } from "../round/round-state.ts";
import { seededRandom } from "../shuffle.ts";
import { questionsOf, type Topic } from "../topic.ts";
import type { Ladder, Level } from "./adaptive.ts";
import { drawSolo, possibleCount } from "./draw-solo.ts";
import { answerSolo, askSolo, isCounted, isDone, newSolo, type SoloState } from "./solo.ts";
import { decideSolo } from "./solo-decision.ts";
import { logSolo } from "./solo-log.ts";
import { summary, viewSolo } from "./view-solo.ts";

/** A learner's open session. */
interface Session {
  id: string;
  state: SoloState;
  question: Question;
}

/** What a solo quiz is started with; without a topic an open one is continued. */
export interface SoloOptions {
  topic: Topic | null;
  level: Level | null;
  count: number;
}

const everything: Topic = { label: "images and containers", concepts: null };

/** Quizzes for one learner: private, without a clock, kept until they come back. */
export function createSolos(parts: QuizParts, messages: RoundMessages) {
  const { store, curriculum } = parts;

  const show = ({ id, state, question }: Session): Reply =>
    viewSolo({
      id,
      state,
      question,
      correct: messages.correct,
      canShow: parts.canShow(),
      saw: messages.sawOf(question),
    });

  /** Starts a solo quiz, or continues the open one when neither topic nor level is given. */
  async function start(caller: Caller, { topic, level, count }: SoloOptions): Promise<Reply> {
    return change(caller, async (tx) => {
      const open = await read(tx, caller);
      if (open && !topic && !level && open.state.kind === "solo" && !isDone(open.state))
        return resumed(tx, caller, open);
      const known = await tx
        .selectFrom("learner")
        .select(["level", "run"])
        .where("id", "=", caller.person.id)
        .executeTakeFirst();
      const ladder: Ladder = level
        ? { level, run: 0 }
        : { level: (known?.level ?? "easy") as Level, run: known?.run ?? 0 };
      const wanted = newSolo("solo", topic ?? everything, ladder, count);
      return first(tx, caller, { ...wanted, count: await possibleCount(tx, caller.person.id, wanted, drawn()) });
    });
  }

  /** Asks only what the caller missed before and has not made good, and what is due. Throws a UserError when there is nothing. */
  async function review(caller: Caller): Promise<Reply> {
    return change(caller, async (tx) => {
      const open = await read(tx, caller);
      if (open?.state.kind === "review" && !isDone(open.state)) return resumed(tx, caller, open);
      const missed = await reviewsToDo(tx, caller.person.id, store.now());
      const known = missed.filter(({ concept }) => questionsOf({ concepts: [concept] }, curriculum.current).length > 0);
      if (known.length === 0) {
        throw new UserError(
          "You have nothing to review: everything you missed has been made good, and nothing is due. A new quiz finds new gaps.",
          [button("Quiz me", press("quiz solo"), "primary")],
        );
      }
      return first(tx, caller, newSolo("review", everything, { level: "easy", run: 0 }, Math.min(10, known.length)));
    });
  }

  /** Notes the caller's choice for question `n` and gives the verdict; a prediction is decided by a run first. */
  async function pick(caller: Caller, id: string, n: number, place: number): Promise<Reply> {
    // The run may take seconds, in which no transaction may wait.
    const decided = await decide(caller, id, n);
    return change(caller, async (tx) => {
      const session = await current(tx, caller, id, n);
      const { state, question } = session;
      if (state.chosen !== null)
        throw doneError("You already answered that question; your first answer counts.", session);
      const choice = state.asked.at(-1)?.order[place];
      if (choice === undefined)
        throw new UserError("That question has no such option. Press one of the letters under it.");
      const right = question.options[choice]?.right ?? false;
      session.state = answerSolo(state, choice, right, decided);
      if (isCounted(session.state)) await logSolo(tx, caller, session, { choice, right, at: store.now() });
      await save(tx, caller, session);
      return show(session);
    });
  }

  async function decide(caller: Caller, id: string, n: number): Promise<Decision | null> {
    const session = await read(store.read, caller);
    const experiment = session?.question.experiment;
    const open = session?.id === id && n === session.state.asked.length - 1 && session.state.chosen === null;
    return experiment !== undefined && open ? decideSolo(experiment, caller.place, parts) : null;
  }

  /** The question after question `n`. */
  async function next(caller: Caller, id: string, n: number): Promise<Reply> {
    return change(caller, async (tx) => {
      const session = await current(tx, caller, id, n);
      if (session.state.chosen === null) return show(session);
      if (isDone(session.state)) throw doneError("That was the last question of this quiz.", session);
      return advance(tx, caller, session);
    });
  }

  /** The question again, with its hint. */
  async function clue(caller: Caller, id: string, n: number): Promise<Reply> {
    return change(caller, async (tx) => {
      const session = await current(tx, caller, id, n);
      if (session.state.chosen !== null) throw doneError("That question is answered already.", session);
      session.state = { ...session.state, hinted: true };
      await save(tx, caller, session);
      return show(session);
    });
  }

  /** Leaves the quiz open for later. */
  async function leave(caller: Caller, id: string): Promise<Reply> {
    const session = await read(store.read, caller);
    if (session?.id !== id) throw goneError();
    const { asked, count } = session.state;
    return privately(
      reply(
        text(`Stopped at question ${asked.length} of ${count}; it waits for you as long as you like.`),
        controls(
          button("Continue", press(session.state.kind === "review" ? "quiz review" : "quiz solo"), "primary"),
          button("My progress", press("progress")),
        ),
      ),
    );
  }

  /** The quiz that waits for a person, and its question, from 0; undefined when none does. */
  async function open(caller: Caller): Promise<{ solo: string; n: number } | undefined> {
    const session = await read(store.read, caller);
    if (!session || isDone(session.state)) return undefined;
    return { solo: session.id, n: session.state.asked.length - 1 };
  }

  const drawn = () => ({ curriculum: curriculum.current, now: store.now(), random: seededRandom(parts.newId()) });

  async function change(caller: Caller, work: (tx: Tx) => Promise<Reply>): Promise<Reply> {
    return (await store.once(caller.event, work)).value;
  }

  async function read(db: Pick<Tx, "selectFrom">, caller: Caller): Promise<Session | null> {
    const query = db.selectFrom("solo").select(["id", "state", "content"]).where("learner", "=", caller.person.id);
    const row = await (db === store.read ? query : query.forUpdate()).executeTakeFirst();
    return row ? { id: row.id, state: JSON.parse(row.state), question: JSON.parse(row.content) } : null;
  }

  async function current(tx: Tx, caller: Caller, id: string, n: number): Promise<Session> {
    const session = await read(tx, caller);
    if (session?.id !== id) throw goneError();
    if (n !== session.state.asked.length - 1) throw doneError("You have already gone on from that question.", session);
    return session;
  }

  async function resumed(tx: Tx, caller: Caller, session: Session): Promise<Reply> {
    if (session.state.chosen !== null) return advance(tx, caller, session);
    const { blocks } = show(session);
    return privately({ blocks: [{ kind: "text", markdown: "You left off here." }, ...blocks] });
  }

  async function first(tx: Tx, caller: Caller, state: SoloState): Promise<Reply> {
    const session = { id: parts.newId(), state, question: undefined as unknown as Question };
    return advance(tx, caller, session);
  }

  async function advance(tx: Tx, caller: Caller, session: Session): Promise<Reply> {
    const found = await drawSolo(tx, caller.person.id, session.state, drawn());
    if (!found) {
      if (session.state.asked.length === 0)
        throw new UserError(
          `There are no questions about ${session.state.topic.label} yet. Try \`quiz solo\` without a topic.`,
        );
      session.state = { ...session.state, count: session.state.asked.length };
      await save(tx, caller, session);
      return privately(reply(text(summary(session.state))));
    }
    const asked = askOf(found.question, seededRandom(parts.newId()));
    session.question = found.question;
    session.state = askSolo(session.state, asked, found.review);
    await save(tx, caller, session);
    return show(session);
  }

  async function save(tx: Tx, caller: Caller, { id, state, question }: Session): Promise<void> {
    const row = { id, state: JSON.stringify(state), content: JSON.stringify(question), at: store.now() };
    await tx
      .insertInto("solo")
      .values({ learner: caller.person.id, ...row })
      .onConflict((conflict) => conflict.column("learner").doUpdateSet(row))
      .execute();
  }

  return { start, review, pick, next, clue, leave, open };
}

function doneError(sentence: string, { state }: Session): UserError {
  const again = state.kind === "review" ? "quiz review" : "quiz solo";
  return new UserError(`${sentence} Nothing was changed.`, [button("Continue", press(again), "primary")]);
}

function goneError(): UserError {
  return new UserError(
    "That button belongs to a quiz that is over, or to somebody else's. Nothing was changed; start your own.",
    [button("Quiz me", press("quiz solo"), "primary")],
  );
}
