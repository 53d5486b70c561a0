import { describe, expect, it } from "vitest";
import { ownContent } from "../../src/app.ts";
import { loadCurriculum } from "../../src/curriculum/load.ts";
import { chaptersOf, type Known, nextOf, standings } from "../../src/path/standing.ts";

const curriculum = loadCurriculum({ dirs: [ownContent] });
const chapters = chaptersOf(curriculum);
const [first, second] = chapters;
if (!first || !second) throw new Error("there are no chapters");

const newcomer: Known = {
  seen: { concept: new Set(), experiment: new Set() },
  right: new Set(),
  labs: new Map(),
  due: 0,
};
const next = (known: Partial<Known>, labs = true) => {
  const all = standings(curriculum, { ...newcomer, ...known }, { labs });
  return nextOf(all, { ...newcomer, ...known }, { labs });
};
const read = { concept: new Set(first.concepts), experiment: new Set<string>() };
const watched = { ...read, experiment: new Set(first.experiments) };
const done = (ids: readonly string[]) => new Map(ids.map((id) => [id, { step: 5, done: true, at: 1 }] as const));

describe("the next thing on the path", () => {
  it("is the first card for a newcomer", () => {
    expect(next({})).toMatchObject({ kind: "concept", concept: first.concepts[0] });
  });

  it("is the experiment after the cards, then the questions, then the lab, then the next chapter", () => {
    expect(next({ seen: read })).toMatchObject({ kind: "experiment", experiment: first.experiments[0] });
    expect(next({ seen: watched })).toMatchObject({ kind: "quiz", left: first.concepts.length });
    const right = new Set(first.concepts);
    expect(next({ seen: watched, right })).toMatchObject({ kind: "lab", lab: first.labs[0], begun: false });
    expect(next({ right, labs: done(first.labs) })).toMatchObject({ kind: "concept", concept: second.concepts[0] });
  });

  it("is what is due for review, before anything else", () => {
    expect(next({ due: 3 })).toEqual({ kind: "review", due: 3 });
  });

  it("is the lab that was left in the middle", () => {
    const labs = new Map([["slim-image", { step: 1, done: false, at: 5 }]]);
    expect(next({ labs })).toMatchObject({ kind: "lab", lab: "slim-image", begun: true });
  });

  it("leaves labs out where there is no sandbox, and still comes to an end", () => {
    const right = new Set(first.concepts);
    expect(next({ right, seen: watched }, false)).toMatchObject({ kind: "concept", concept: second.concepts[0] });
    const everything = new Set(curriculum.concepts.keys());
    const experiment = new Set(curriculum.experiments.keys());
    expect(next({ right: everything, seen: { concept: everything, experiment } }, false)).toEqual({ kind: "finished" });
  });

  it("skips reading what was answered right already", () => {
    const [known = "", wanted] = first.concepts;
    expect(next({ right: new Set([known]) })).toMatchObject({ kind: "concept", concept: wanted });
  });
});

describe("the chapters", () => {
  it("hold every concept and lab once, each with an experiment and questions", () => {
    const all = chapters.flatMap(({ concepts }) => concepts);
    expect([...all].sort()).toEqual([...curriculum.concepts.keys()].sort());
    expect(chapters.flatMap(({ labs }) => labs).sort()).toEqual([...curriculum.labs.keys()].sort());
    for (const { experiments } of chapters) expect(experiments.length).toBeGreaterThan(0);
    expect(chapters[0]?.title).toBe("What a container is");
    expect(chapters.at(-1)?.title).toBe("An app in Compose");
  });
});
