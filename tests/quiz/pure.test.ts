import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moment, showMoments } from "../../src/core/moment.ts";
import { nextDaily, readClock, readZone } from "../../src/quiz/daily/daily-time.ts";
import { describeBoard, inRight } from "../../src/quiz/record/board.ts";
import { sharedRanks } from "../../src/quiz/record/ranks.ts";
import { nextReview } from "../../src/quiz/record/schedule.ts";
import { shownName } from "../../src/quiz/record/shown-name.ts";
import { countDay, currentStreak } from "../../src/quiz/record/streak.ts";
import { weekOf } from "../../src/quiz/record/week.ts";
import { pickNext, pickRound } from "../../src/quiz/round/pick.ts";
import { seededRandom, shuffle } from "../../src/quiz/shuffle.ts";
import { climb, type Ladder } from "../../src/quiz/solo/adaptive.ts";
import { findTopic } from "../../src/quiz/topic.ts";
import { curriculum } from "./fixtures.ts";

const day = 86_400_000;

describe("ranks", () => {
  it("equal points share a rank, and the rank is one more than the number of people above", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ points: fc.nat(6) })), (entries) => {
        for (const { points, rank } of sharedRanks(entries)) {
          expect(rank).toBe(entries.filter((other) => other.points > points).length + 1);
        }
      }),
    );
  });

  it("names only people who are named, and joins guests of one rank", () => {
    const board = describeBoard(
      [
        { learner: "1", name: "Ada", points: 3 },
        { learner: "2", name: null, points: 2 },
        { learner: "3", name: null, points: 2 },
        { learner: "4", name: "**@everyone**", points: 1 },
      ],
      inRight,
    );
    expect(board).toBe("- 1. Ada: 3 right\n- 2. 2 guests: 2 right\n- 4. everyone: 1 right");
  });

  it("shows the top five and says how many more are level", () => {
    const entries = Array.from({ length: 8 }, (_, index) => ({ learner: String(index), name: `P${index}`, points: 1 }));
    expect(describeBoard(entries, inRight).split("\n")).toHaveLength(6);
    expect(describeBoard(entries, inRight)).toContain("and 3 more with the same score");
  });
});

describe("spaced review", () => {
  it("brings a miss back after 1, 3 and about 8 days", () => {
    let review = nextReview(null, "wrong", 0);
    const gaps = [review.due];
    for (let turn = 0; turn < 2; turn += 1) {
      const at = review.due;
      review = nextReview(review, "right", at);
      gaps.push(review.due - at);
    }
    expect(gaps.map((gap) => gap / day)).toEqual([1, 3, 8]);
  });

  it("a right answer with the hint comes back sooner than one without", () => {
    expect(nextReview(null, "hinted", 0).due).toBeLessThan(nextReview(null, "right", 0).due);
  });

  it("never plans into the past, whatever order answers arrive in", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom("right" as const, "hinted" as const, "wrong" as const),
            fc.integer({ min: 0, max: 400 * day }),
          ),
        ),
        (story) => {
          let review: ReturnType<typeof nextReview> | null = null;
          for (const [outcome, at] of story) {
            review = nextReview(review, outcome, at);
            expect(review.due).toBeGreaterThanOrEqual(at);
          }
        },
      ),
    );
  });
});

describe("the ladder", () => {
  it("goes up after two right answers and down after one wrong", () => {
    const seen: string[] = [];
    let ladder: Ladder = { level: "easy", run: 0 };
    for (const right of [true, true, true, true, true, false, false, false]) {
      ladder = climb(ladder, right);
      seen.push(ladder.level);
    }
    expect(seen).toEqual(["easy", "medium", "medium", "hard", "hard", "medium", "easy", "easy"]);
  });
});

describe("drawing questions", () => {
  const bank = [...curriculum().questions.values()];

  it("a shuffle keeps every item and repeats itself for the same seed", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
        const once = shuffle(items, seededRandom(seed));
        expect([...once].sort()).toEqual([...items].sort());
        expect(shuffle(items, seededRandom(seed))).toEqual(once);
      }),
    );
  });

  it("the place of the right option is spread evenly over seeds", () => {
    const places = [0, 0, 0, 0];
    for (let seed = 0; seed < 4000; seed += 1) {
      const place = shuffle([0, 1, 2, 3], seededRandom(`round-${seed}`)).indexOf(1);
      places[place] = (places[place] ?? 0) + 1;
    }
    for (const count of places) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });

  it("never takes a recent question or one twice, and spreads over concepts", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 1, max: 20 }),
        fc.subarray(bank.map(({ id }) => id)),
        (seed, count, recent) => {
          const picked = pickRound(bank, { count, level: "mixed", recent: new Set(recent) }, seededRandom(seed));
          expect(new Set(picked.map(({ id }) => id)).size).toBe(picked.length);
          expect(picked.length).toBe(Math.min(count, bank.length - recent.length));
          expect(picked.some(({ id }) => recent.includes(id))).toBe(false);
        },
      ),
    );
    const three = pickRound(bank, { count: 3, level: "easy", recent: new Set() }, seededRandom("x"));
    expect(new Set(three.map(({ concept }) => concept)).size).toBe(3);
    expect(three.every(({ level }) => level === "easy")).toBe(true);
  });

  it("solo prefers unseen questions of the level", () => {
    const seen = new Map(bank.filter(({ level }) => level === "easy").map(({ id }) => [id, 5]));
    const unseen = [...bank].filter(({ id }) => id === "image-tags-1")[0]?.id ?? "";
    seen.delete(unseen);
    expect(pickNext(bank, "easy", seen, seededRandom("y"))?.id).toBe(unseen);
    expect(pickNext([], "easy", seen, seededRandom("y"))).toBeUndefined();
  });
});

describe("topics", () => {
  const content = curriculum();
  it("finds a topic by id, title, alias and plural", () => {
    for (const name of ["image-layers", "Image Layers", "layers", "image_layers"]) {
      expect(findTopic(name, content)).toEqual({ label: "image layers", concepts: ["image-layers"] });
    }
    expect(findTopic("TAG", content)).toMatchObject({ concepts: ["image-tags"] });
    expect(findTopic("", content)).toMatchObject({ concepts: null });
  });
  it("offers near topics, and none that has no questions", () => {
    expect(findTopic("layrs", content)).toMatchObject({ near: [{ id: "image-layers" }, { id: "writable-layer" }] });
    expect(findTopic("empty-topic", content)).toHaveProperty("near");
  });
});

describe("the time of the daily question", () => {
  const berlin = { hour: 9, minute: 0, zone: "Europe/Berlin" };
  const iso = (at: number) => new Date(at).toISOString();

  it("follows daylight saving", () => {
    expect(iso(nextDaily(berlin, Date.parse("2026-03-28T12:00:00Z")))).toBe("2026-03-29T07:00:00.000Z");
    expect(iso(nextDaily(berlin, Date.parse("2026-03-27T12:00:00Z")))).toBe("2026-03-28T08:00:00.000Z");
    expect(iso(nextDaily(berlin, Date.parse("2026-10-24T12:00:00Z")))).toBe("2026-10-25T08:00:00.000Z");
  });

  it("a time that is skipped comes an hour later, one that comes twice comes once", () => {
    const night = { hour: 2, minute: 30, zone: "Europe/Berlin" };
    expect(iso(nextDaily(night, Date.parse("2026-03-28T12:00:00Z")))).toBe("2026-03-29T01:30:00.000Z");
    const first = nextDaily(night, Date.parse("2026-10-24T12:00:00Z"));
    expect(iso(first)).toBe("2026-10-25T00:30:00.000Z");
    expect(iso(nextDaily(night, first))).toBe("2026-10-26T01:30:00.000Z");
  });

  it("is always later than now and at most 25.5 hours away", () => {
    const zones = fc.constantFrom(
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Pacific/Apia",
      "UTC",
    );
    fc.assert(
      fc.property(
        fc.nat(23),
        fc.nat(59),
        zones,
        fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }),
        (hour, minute, zone, now) => {
          const at = nextDaily({ hour, minute, zone }, now * 1000);
          expect(at).toBeGreaterThan(now * 1000);
          expect(at - now * 1000).toBeLessThanOrEqual(25.5 * 3_600_000);
        },
      ),
    );
  });

  it("reads clocks and zones and nothing else", () => {
    expect(readClock("9:05")).toEqual({ hour: 9, minute: 5 });
    expect(["24:00", "9", "nine", "09:60"].map(readClock)).toEqual([null, null, null, null]);
    expect(readZone("europe/berlin")).toBe("Europe/Berlin");
    expect(readZone("Mars/Olympus")).toBeNull();
  });
});

describe("days and weeks", () => {
  it("a streak counts days in a row and forgets older ones", () => {
    const monday = Date.parse("2026-08-03T20:00:00Z");
    const second = countDay(countDay(countDay(null, monday), monday + 3_600_000), monday + day);
    expect(second.days).toBe(2);
    expect(currentStreak(second, monday + 2 * day)).toBe(2);
    expect(currentStreak(second, monday + 3 * day)).toBe(0);
    expect(countDay(second, monday + 5 * day).days).toBe(1);
  });
  it("weeks are ISO weeks", () => {
    expect(weekOf(Date.parse("2027-01-01T00:00:00Z"))).toBe("2026-W53");
    expect(weekOf(Date.parse("2026-08-06T00:00:00Z"))).toBe("2026-W32");
  });
});

describe("what is shown", () => {
  it("names cannot format, mention or hide", () => {
    expect(shownName("`@everyone` <!channel> **x**\u202e")).toBe("everyone !channel x");
    expect(shownName("\u200b")).toBe("a guest");
  });
  it("a moment is a UTC time until a platform replaces it", () => {
    const at = Date.parse("2026-08-06T14:32:05Z");
    expect(moment(at)).toContain("14:32:05 UTC");
    expect(showMoments(`until ${moment(at)}.`, (ms) => `<t:${ms / 1000}:R>`)).toBe(`until <t:${at / 1000}:R>.`);
  });
});
