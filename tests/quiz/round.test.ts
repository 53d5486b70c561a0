import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newRound, step, takesAnswers, wakeAt } from "../../src/quiz/round/round.ts";
import type { RoundEvent, RoundState } from "../../src/quiz/round/round-state.ts";
import { defaultTiming as timing } from "../../src/quiz/round/timing.ts";

const asked = (count: number, experiment?: string) =>
  Array.from({ length: count }, (_, index) => ({
    question: `q${index}`,
    concept: "image-layers",
    order: [0, 1, 2, 3],
    words: 20,
    explainedWords: 20,
    ...(experiment && { experiment }),
  }));

function begin(count = 3, options: Partial<Parameters<typeof newRound>[0]> = {}): RoundState {
  return newRound({ mode: "timed", pace: "relaxed", questions: asked(count), lobby: false, ...options }, 0, timing)
    .state;
}

function play(state: RoundState, ...events: RoundEvent[]): RoundState {
  for (const event of events) {
    const next = step(state, event, timing);
    if (typeof next === "string") throw new Error(`${event.type} was refused: ${next}`);
    state = next.state;
  }
  return state;
}

const sent = (at: number, position = 0): RoundEvent => ({ type: "sent", position, at });
const wake = (at: number, answers = 1, starterAnswered = true): RoundEvent => ({
  type: "wake",
  at,
  answers,
  starterAnswered,
});
const go = (state: RoundState, at: number): RoundEvent => ({
  type: "advance",
  at,
  position: state.position,
  from: state.phase.name,
  answers: 1,
  starterAnswered: true,
});

describe("a timed round", () => {
  it("that gets more time after its clock ran out, gets all of it from now on", () => {
    const open = play(begin(), sent(0));
    const ran = open.phase.name === "open" ? open.phase.until : 0;
    const late = play(open, { type: "more-time", at: ran + 5_000 });
    expect(late.phase).toMatchObject({ until: ran + 5_000 + timing.more, moreUsed: 1 });
    const early = play(open, { type: "more-time", at: 1_000 });
    expect(early.phase).toMatchObject({ until: ran + timing.more });
  });

  it("starts the clock when the message is confirmed, 45 s and half a second a word", () => {
    const state = play(begin(), sent(4000));
    expect(state.phase).toMatchObject({ name: "open", at: 4000, until: 4000 + 45_000 + 10_000 });
  });

  it("takes answers as soon as the message may be there", () => {
    expect(takesAnswers(begin())).toBe(true);
  });

  it("adds 30 s three times and then no more", () => {
    let state = play(begin(), sent(0));
    const first = wakeAt(state) ?? 0;
    for (let press = 1; press <= 3; press += 1) state = play(state, { type: "more-time", at: 10 });
    expect(wakeAt(state)).toBe(first + 90_000);
    expect(step(state, { type: "more-time", at: 20 }, timing)).toBe("no-more-time");
  });

  it("closes early when everybody waited for has answered, but leaves time to change one's mind", () => {
    const early = play(begin(), sent(0), { type: "answered", everyone: true, at: 2000 });
    expect(wakeAt(early)).toBe(15_000);
    const late = play(begin(), sent(0), { type: "answered", everyone: true, at: 30_000 });
    expect(wakeAt(late)).toBe(35_000);
    expect(wakeAt(play(begin(), sent(0), { type: "answered", everyone: false, at: 2000 }))).toBe(55_000);
  });

  it("shows an explanation for at least 8 s even when Next is pressed at once", () => {
    const revealed = play(begin(), sent(0), wake(55_000));
    const pressed = play(revealed, go(revealed, 56_000));
    expect(pressed.phase).toMatchObject({ name: "revealed", until: 63_000 });
    expect(play(pressed, wake(63_000)).position).toBe(1);
  });

  it("refuses a press that belongs to a question that has passed", () => {
    const open = play(begin(), sent(0));
    const stale = go(open, 60_000);
    expect(step(play(open, wake(55_000)), stale, timing)).toBe("moved-on");
  });

  it("pauses after two questions that nobody answered and closes after 15 minutes", () => {
    let state = play(begin(5), sent(0), wake(55_000, 0, false));
    state = play(state, wake(wakeAt(state) ?? 0), sent(80_000, 1));
    state = play(state, wake(wakeAt(state) ?? 0, 0, false));
    expect(state.paused).toMatchObject({ reason: "silence" });
    const pausedAt = state.paused?.at ?? 0;
    expect(wakeAt(state)).toBe(pausedAt + 900_000);
    expect(play(state, wake(pausedAt + 900_000)).phase).toMatchObject({ name: "ended", reason: "silence" });
    const resumed = play(state, { type: "resume", at: pausedAt + 60_000 });
    expect(wakeAt(resumed)).toBeLessThanOrEqual(pausedAt + 63_000);
    expect(resumed.silent).toBe(0);
  });

  it("gives the time of a pause back", () => {
    const open = play(begin(), sent(0));
    const resumed = play(open, { type: "pause", at: 10_000 }, { type: "resume", at: 70_000 });
    expect(wakeAt(resumed)).toBe(55_000 + 60_000);
    expect(takesAnswers(play(open, { type: "pause", at: 10_000 }))).toBe(false);
  });

  it("gives the time of a crash back and 15 s more", () => {
    const open = play(begin(), sent(0));
    expect(wakeAt(play(open, { type: "restarted", at: 50_000, lastAlive: 20_000 }))).toBe(55_000 + 30_000 + 15_000);
  });

  it("parks at a shutdown and goes on by itself at the restart", () => {
    const parked = play(begin(), sent(0), { type: "shutdown", at: 20_000 });
    expect(parked.paused?.reason).toBe("restart");
    const back = play(parked, { type: "restarted", at: 80_000, lastAlive: 20_000 });
    expect(back.paused).toBeUndefined();
    expect(wakeAt(back)).toBe(55_000 + 60_000 + 15_000);
  });

  it("lets the engine decide a prediction, and falls back to the recorded run in time", () => {
    const open = play(begin(1, { questions: asked(1, "stop-keeps") }), sent(0));
    const closed = step(open, wake(55_000), timing);
    expect(closed).toMatchObject({ effects: [{ do: "edit-question" }, { do: "decide", experiment: "stop-keeps" }] });
    const deciding = play(open, wake(55_000));
    expect(takesAnswers(deciding)).toBe(false);
    const live = play(deciding, { type: "decided", at: 57_000, position: 0, decision: { held: false, live: true } });
    expect(live).toMatchObject({ phase: { name: "ended" }, decided: { 0: { held: false, live: true } } });
    expect(play(deciding, wake(55_000 + 60_000)).decided[0]).toEqual({ held: true, live: false });
  });
});

describe("a host-driven round", () => {
  it("opens and closes nothing by itself", () => {
    const ready = begin(2, { mode: "host" });
    expect(ready.phase.name).toBe("ready");
    const open = play(ready, go(ready, 1000), sent(2000));
    expect(open.phase).toMatchObject({ name: "open", clock: false });
    expect(play(open, { type: "answered", everyone: true, at: 3000 }).phase).toEqual(open.phase);
    const revealed = play(open, go(open, 4000));
    expect(revealed.phase.name).toBe("revealed");
    expect(play(revealed, go(revealed, 13_000)).position).toBe(1);
  });

  it("ends when the host has left", () => {
    const ready = begin(2, { mode: "host" });
    expect(play(ready, wake(timing.hostIdle)).phase).toMatchObject({ name: "ended", reason: "silence" });
  });
});

describe("whatever happens in whatever order", () => {
  const event = (at: number): fc.Arbitrary<RoundEvent> =>
    fc.oneof(
      fc.record({ type: fc.constant("sent" as const), position: fc.nat(4), at: fc.constant(at) }),
      fc.record({ type: fc.constant("answered" as const), everyone: fc.boolean(), at: fc.constant(at) }),
      fc.record({
        type: fc.constantFrom("more-time" as const, "pause" as const, "resume" as const, "shutdown" as const),
        at: fc.constant(at),
      }),
      fc.record({
        type: fc.constant("wake" as const),
        at: fc.constant(at),
        answers: fc.nat(3),
        starterAnswered: fc.boolean(),
      }),
      fc.record({
        type: fc.constant("advance" as const),
        at: fc.constant(at),
        position: fc.nat(4),
        from: fc.constantFrom("open" as const, "revealed" as const, "lobby" as const, "ready" as const),
        answers: fc.nat(3),
        starterAnswered: fc.boolean(),
      }),
      fc.record({ type: fc.constant("restarted" as const), at: fc.constant(at), lastAlive: fc.constant(at - 1000) }),
      fc.record({
        type: fc.constant("decided" as const),
        at: fc.constant(at),
        position: fc.nat(4),
        decision: fc.record({ held: fc.boolean(), live: fc.boolean() }),
      }),
    );
  const stories = fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 60 }).chain((waits) => {
    let at = 0;
    const moments = waits.map((wait) => {
      at += wait;
      return at;
    });
    return fc.tuple(...moments.map(event));
  });

  it("each question is posted once and scored at most once, in order", () => {
    fc.assert(
      fc.property(stories, fc.constantFrom("timed" as const, "host" as const), fc.boolean(), (story, mode, lobby) => {
        const first = newRound({ mode, pace: "relaxed", questions: asked(4), lobby }, 0, timing);
        let { state } = first;
        const posted: number[] = first.effects.map(() => 0);
        const scored: number[] = [];
        for (const one of story) {
          const next = step(state, one, timing);
          if (typeof next === "string") continue;
          const before = state.position;
          state = next.state;
          for (const effect of next.effects) {
            if (effect.do === "post-question") posted.push(state.position);
            if (effect.do === "score") scored.push(before);
          }
        }
        expect(posted).toEqual(posted.map((_, index) => index));
        expect(scored).toEqual(scored.map((_, index) => index));
        expect(state.revealed).toBe(scored.length);
      }),
    );
  });

  it("a round is never stuck: it always knows when it wakes, and waking it again and again ends it", () => {
    fc.assert(
      fc.property(stories, (story) => {
        let state = begin(4);
        for (const one of story) {
          const next = step(state, one, timing);
          if (typeof next !== "string") state = next.state;
        }
        for (let turn = 0; turn < 40 && state.phase.name !== "ended"; turn += 1) {
          const at = wakeAt(state);
          expect(at).not.toBeNull();
          state = play(state, wake(at ?? 0, 0, false));
        }
        expect(state.phase.name).toBe("ended");
        expect(wakeAt(state)).toBeNull();
      }),
    );
  });
});
