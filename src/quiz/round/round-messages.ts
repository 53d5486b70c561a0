import type { Kysely } from "kysely";
import type { Reply } from "../../core/reply.ts";
import type { Question } from "../../curriculum/schema.ts";
import type { Tables } from "../../store/store.ts";
import type { QuizParts } from "../parts.ts";
import { shownNameOf } from "../record/learners.ts";
import { shownName } from "../record/shown-name.ts";
import { questionsOf, titleOf } from "../topic.ts";
import { viewQuestion } from "../view-question.ts";
import { recentIn } from "./asked.ts";
import { contentOf, picksOf, type Round } from "./round-rows.ts";
import { missedConcepts, roundBoard } from "./scoring.ts";
import { type RoundView, viewChannel, viewResult, viewThreadEnd } from "./view-round.ts";

/** The outbox keys of a round's messages. */
export const messageKeys = {
  channel: (round: string) => `quiz:${round}`,
  thread: (round: string) => `quiz:${round}:thread`,
  question: (round: string, position: number) => `quiz:${round}:q${position}`,
  scores: (round: string) => `quiz:${round}:scores`,
};

/** Reads a key that {@link messageKeys} made; null for messages of other parts. */
export function readMessageKey(key: string): { round: string; position: number | null } | null {
  const match = /^quiz:([a-z0-9]+)(?::(?:q(\d+)|thread|scores))?$/.exec(key);
  return match?.[1] ? { round: match[1], position: match[2] === undefined ? null : Number(match[2]) } : null;
}

/** Draws a round's messages from what the database says right now. */
export function createRoundMessages({
  curriculum,
  canShow,
  store: { now },
}: Pick<QuizParts, "curriculum" | "canShow" | "store">) {
  const correct = (misconception: string) => curriculum.current.misconceptions.get(misconception)?.correction;
  const sawOf = (question: Question) =>
    question.experiment ? (curriculum.current.experiments.get(question.experiment)?.saw ?? []) : [];

  async function roundView(db: Kysely<Tables>, round: Round): Promise<RoundView> {
    const starter = round.starter ? await shownNameOf(db, round.starter) : null;
    return {
      round: round.id,
      topic: round.topic.label,
      state: round.state,
      starter: starter && shownName(starter),
      flat: round.place.flat === true,
    };
  }

  /** Whether there are questions like the round's that its channel has not seen lately. */
  async function hasMore(db: Kysely<Tables>, { topic, level, channel }: Round): Promise<boolean> {
    const recent = await recentIn(db, channel, now());
    return questionsOf(topic, curriculum.current).some(
      (question) => (level === "mixed" || question.level === level) && !recent.has(question.id),
    );
  }

  return {
    correct,
    sawOf,
    /** The channel message while the quiz runs. */
    async channel(db: Kysely<Tables>, round: Round): Promise<Reply> {
      return viewChannel(await roundView(db, round));
    },
    /** The end of a round: what the channel message becomes, and what closes the thread. */
    async result(db: Kysely<Tables>, round: Round): Promise<{ channel: Reply; thread: Reply }> {
      const missed = await missedConcepts(db, round.id);
      const result = {
        board: await roundBoard(db, round.id),
        missed: missed.map(({ concept, ...counts }) => ({ title: titleOf(concept, curriculum.current), ...counts })),
        more: await hasMore(db, round),
      };
      const view = await roundView(db, round);
      return { channel: viewResult(view, result), thread: viewThreadEnd(view, result) };
    },
    /** The message of a question, the current one without `position`; `note` stands above a question of the day. */
    async question(
      db: Kysely<Tables>,
      round: Round,
      { note, position = round.state.position }: { note?: string | undefined; position?: number } = {},
    ): Promise<Reply | null> {
      const question = (await contentOf(db, round.id))[position];
      if (!question) return null;
      const drawn = viewQuestion({
        round: round.id,
        state: round.state,
        position,
        question,
        picks: await picksOf(db, round.id, position),
        correct,
        canShow: canShow(),
        saw: sawOf(question),
        ...(round.mode === "daily" && { title: "Question of the day" }),
      });
      if (!note) return drawn;
      return {
        ...drawn,
        blocks: [...drawn.blocks.slice(0, 1), { kind: "text", markdown: note }, ...drawn.blocks.slice(1)],
      };
    },
  };
}

export type RoundMessages = ReturnType<typeof createRoundMessages>;
