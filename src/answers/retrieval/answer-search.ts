import type { Sliced } from "../../core/slices.ts";
import type { Curriculum } from "../../curriculum/load.ts";
import type { Answer, Concept } from "../../curriculum/schema.ts";
import type { Document } from "../cards/documents.ts";
import { type Measured, meterOf } from "../cards/features.ts";
import { indexDocuments, type MeterIndex } from "../cards/meter-index.ts";
import type { Finding } from "../cards/search.ts";
import { passagesOf } from "./passages.ts";
import { questionType } from "./question-type.ts";

/** An answer that fits a question; `likeness` from 0 to 1: how near the question is to the answer's nearest wording. */
export interface Match {
  answer: Answer;
  score: number;
  likeness: number;
}

/** Finds reviewed answers to a question. */
export interface AnswerSearch {
  /** The best answers, best first, at most `most`. `finding`: which concepts the question is about. Never throws. */
  find(text: string, finding: Finding, most?: number): Match[];
}

/** What the measured likenesses of an answer count for; fitted by `npm run fit -- answers`. */
const weights = { phrasing: 1.5, letters: 1.1, lettersAbout: 0.35, about: 0.8, plain: 0.2 } as const;

/** What it costs an answer when its concept is behind the best one: this much a point, up to a limit. */
const behind = { weight: 0.75, most: 4 } as const;

/** What it counts for when an answer's own question, or one of its wordings, asks in the same way; and when it asks in another. */
const asked = { same: 0.5, other: -0.25, wording: 0.5 } as const;

function typeFit(type: number, own: number, wordings: number): number {
  const sameAsOwn = own === type ? asked.same : own === 0 ? 0 : asked.other;
  return sameAsOwn + ((wordings >> type) & 1 ? asked.wording : 0);
}

/** A passage of a card was not written for one question, so it needs more to come first. */
const passageHandicap = 0.5;

type Taught = Pick<Curriculum, "answers" | "concepts">;

/** What answers are found by, as plain data. */
export interface AnswerIndex {
  meter: MeterIndex;
  /** The {@link questionType} of each answer's own question. */
  asks: Uint8Array;
  /** A bit for each type that one of its wordings has. */
  types: Uint8Array;
}

/** Indexes all answers and the passages of all cards, in slices. */
export function* indexAnswers(taught: Taught): Sliced<AnswerIndex> {
  const all = withPassages(taught);
  const asks = Uint8Array.from(all, ({ question }) => questionType(question));
  yield;
  const types = Uint8Array.from(all, ({ question, wordings }) =>
    [question, ...wordings].reduce((bits, text) => bits | (1 << questionType(text)), 0),
  );
  yield;
  return { meter: yield* indexDocuments(all.map(documentOf)), asks, types };
}

/** The search over answers that were indexed. */
export function answerSearchOver({ meter: index, asks, types }: AnswerIndex, taught: Taught): AnswerSearch {
  const answers = withPassages(taught);
  const written = taught.answers.size;
  const meter = meterOf(index, []);
  const scores = new Float64Array(answers.length);
  return {
    find(text, { ranked }, most = 4) {
      const measured = meter.measure(text);
      const type = questionType(text);
      const best = ranked[0]?.score ?? 0;
      const behindOf = new Map(ranked.map(({ concept, score }) => [concept, Math.min(behind.most, best - score)]));
      for (const [at, answer] of answers.entries()) {
        const far = behindOf.get(answer.concept) ?? behind.most;
        const fits = type === 0 ? 0 : typeFit(type, asks[at] ?? 0, types[at] ?? 0);
        scores[at] = likenessOf(measured, at) + fits - behind.weight * far - (at < written ? 0 : passageHandicap);
      }
      return highest(scores, most).flatMap((at) => {
        const answer = answers[at];
        return answer ? [{ answer, score: scores[at] ?? 0, likeness: measured.features.letters[at] ?? 0 }] : [];
      });
    },
  };
}

function withPassages({ answers, concepts }: Taught): Answer[] {
  return [...answers.values(), ...[...concepts.values()].flatMap((concept: Concept) => passagesOf(concept))];
}

/** The places of the highest scores, highest first. */
function highest(scores: Float64Array, most: number): number[] {
  const places: number[] = [];
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] ?? 0;
    if (places.length === most && score <= (scores[places.at(-1) ?? 0] ?? 0)) continue;
    const before = places.findIndex((place) => (scores[place] ?? 0) < score);
    places.splice(before < 0 ? places.length : before, 0, at);
    if (places.length > most) places.pop();
  }
  return places;
}

function likenessOf({ features }: Measured, at: number): number {
  let sum = 0;
  for (const name of names) sum += weights[name] * (features[name][at] ?? 0);
  return sum;
}

const names = Object.keys(weights) as (keyof typeof weights)[];

function documentOf({ id, question, wordings, parts }: Answer): Document {
  const prose = parts.flatMap(({ text }) => text.split(/\n+|(?<=[.?:;])\s+(?=[A-Z`])/));
  return {
    id,
    redirect: false,
    spoken: question ? [question, ...wordings] : [],
    body: prose.filter((sentence) => sentence.length > 12),
    words: [],
  };
}
