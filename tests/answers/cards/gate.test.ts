import { expect, test } from "vitest";
import type { Measured } from "../../../src/answers/cards/features.ts";
import { gateView } from "../../../src/answers/cards/gate.ts";

const measured = (terms: number, cleaned = "what is a layer", hits: Measured["hits"] = []): Measured => ({
  features: { word: new Float64Array([0, 0, 2]), phrasing: new Float64Array([0.2, 0.7, 0]) } as Measured["features"],
  ...{ hits, cleaned, terms, knownRarity: 0.75 },
});
const view = (terms: number, scores = [3, 5, 1]) =>
  gateView(measured(terms), { scores: Float64Array.from(scores), concepts: 2 });

test("a question of one term counts as short, one of two does not", () => {
  expect([0, 1, 2, 3].map((terms) => view(terms).short)).toEqual([1, 1, 0, 0]);
});

test("the best concept, its lead and its likeness are those of concepts, and what names a redirect is told apart", () => {
  expect(view(3)).toMatchObject({ best: 5, margin: 2, phrasing: 0.7, redirectWord: 2, unknown: 0.25, rule: 0 });
  expect(view(3, [6, 5, 9])).toMatchObject({ best: 6, margin: 1, phrasing: 0.2 });
});

test("at most three anchors count, and each word once", () => {
  const anchors = (text: string) =>
    gateView(measured(3, text), { scores: Float64Array.from([1, 1, 1]), concepts: 2 }).anchors;
  expect(anchors("bread and butter")).toBe(0);
  expect(anchors("a layer of a layer")).toBe(1);
  expect(anchors("docker image in a container on a host")).toBe(3);
});
