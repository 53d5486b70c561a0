import { describe, expect, it } from "vitest";
import { isNumber, minute, type QuizStage } from "./quiz-stage.ts";
import { controlsOf, headingOf, isLabelled, textOf } from "./world.ts";

/** A channel quiz while people play it, on either engine: messages, answers, hints and time. */
export function playingContract(engine: string, { begin, scoreSum }: QuizStage): void {
  describe(`a channel quiz (${engine})`, () => {
    it("is one channel message and one thread; each question is posted once and revealed in place", async () => {
      const world = await begin();
      const started = await world.say("Ada", "quiz start topic:image-tags questions:2 level:easy");
      expect(started.audience).toBe("asker");
      await world.pick("Ada", "right");
      await world.pick("Lin", "wrong");
      await world.until(isNumber(2));
      await world.pick("Ada", "right");
      await world.pass(3 * minute);
      const channel = world.messages().filter(({ place }) => place.thread === undefined);
      const thread = world.messages().filter(({ place }) => place.thread !== undefined);
      expect(channel).toHaveLength(1);
      expect(thread.map(({ reply }) => headingOf(reply))).toEqual(["Question 1 of 2", "Question 2 of 2", "Scores"]);
      expect(textOf(thread[0]?.reply ?? { blocks: [] })).toMatch(/\*\*[A-D]\. Correct:\*\* \S+ is second \(1 answer\)/);
      expect(textOf(thread[0]?.reply ?? { blocks: [] })).toContain("Why:** Explained:");
      expect(textOf(thread[0]?.reply ?? { blocks: [] })).toContain("An image never runs.");
      expect(headingOf(channel[0]?.reply ?? { blocks: [] })).toBe("Quiz ended: image tags");
      expect(textOf(channel[0]?.reply ?? { blocks: [] })).toContain("- 1. a guest: 2 right\n- 2. a guest: 0 right");
      expect(await scoreSum(world)).toEqual([
        { learner: "chat:ada", points: 2, answers: 2, log: 2 },
        { learner: "chat:lin", points: 0, answers: 1, log: 0 },
      ]);
    });

    it("names only people who let their name be shown", async () => {
      const world = await begin();
      await world.say("Ada", "progress name yes");
      await world.say("Ada", "quiz start topic:image-tags questions:1");
      await world.pick("Ada", "right");
      await world.pick("Lin", "right");
      await world.pass(2 * minute);
      expect(textOf(world.channelMessage()?.reply ?? { blocks: [] })).toContain(
        "- 1. Ada: 1 right\n- 1. a guest: 1 right",
      );
      expect(textOf(await world.say("Lin", "quiz scores"))).toContain("You: 1 point, rank 1.");
    });

    it("lets an answer be changed once, privately, and never twice counted", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:1");
      const first = await world.press("Lin", "A");
      expect(first.audience).toBe("asker");
      expect(textOf(first)).toBe("You chose **A**. You can change it once until the reveal.");
      expect(textOf(await world.press("Lin", "A"))).toContain("already");
      expect(textOf(await world.press("Lin", "C"))).toContain("You changed to **C**");
      expect(textOf(await world.press("Lin", "D"))).toContain("stays **C**");
      expect(await world.store.read.selectFrom("answer").select(["learner", "changes"]).execute()).toEqual([
        { learner: "chat:lin", changes: 1 },
      ]);
    });

    it("an event that is delivered twice has one effect and the same reply", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:2", { event: "e1" });
      await world.say("Ada", "quiz start topic:image-tags questions:2", { event: "e1" });
      const on = world.question()?.reply;
      if (!on) throw new Error("no question");
      const replies = await Promise.all([
        world.press("Lin", "B", { on, event: "e2" }),
        world.press("Lin", "B", { on, event: "e2" }),
      ]);
      expect(textOf(replies[0])).toBe(textOf(replies[1]));
      await world.press("Ada", "Skip", { event: "e3" });
      const skip = world.press("Ada", "Next", { event: "e4" });
      await skip;
      await world.press("Ada", "Next", { event: "e4" });
      await world.pass(30_000);
      expect(await world.store.read.selectFrom("round").select("id").execute()).toHaveLength(1);
      expect(world.messages().filter(({ reply }) => headingOf(reply) === "Question 2 of 2")).toHaveLength(1);
    });

    it("takes Next away from a question that was left, pressed on or stopped", async () => {
      const world = await begin();
      const offers = () =>
        world.messages().filter(({ reply }) => controlsOf(reply).some((one) => isLabelled(one, "Next")));
      await world.say("Ada", "quiz start topic:all questions:3");
      await world.press("Ada", "Skip");
      expect(offers().map(({ reply }) => headingOf(reply))).toEqual(["Question 1 of 3"]);
      await world.press("Ada", "Next");
      await world.pass(10_000);
      expect(offers()).toEqual([]);
      await world.pick("Lin", "right");
      await world.press("Ada", "Skip");
      expect(offers().map(({ reply }) => headingOf(reply))).toEqual(["Question 2 of 3"]);
      await world.press("Ada", "Stop");
      expect(offers()).toEqual([]);
      expect(textOf(world.question()?.reply ?? { blocks: [] })).toContain("Correct:");
    });

    it("closes early when all who joined have answered", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:2");
      await world.press("Lin", "Join");
      await world.pick("Ada", "right");
      await world.pass(20_000);
      expect(controlsOf(world.question()?.reply ?? { blocks: [] }).some(({ kind }) => kind === "button")).toBe(true);
      expect(textOf(world.question()?.reply ?? { blocks: [] })).toContain("1 has answered.");
      await world.pick("Lin", "wrong");
      await world.pass(5_000);
      expect(textOf(world.question()?.reply ?? { blocks: [] })).toContain("Correct:");
    });

    it("updates the number of answers at most every 5 s, whatever comes in", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:1");
      const edits = () => world.question()?.edits ?? 0;
      const before = edits();
      for (let person = 0; person < 12; person += 1) {
        await world.pick(`P${person}`, "right");
        await world.pass(500);
      }
      expect(edits() - before).toBe(1);
      expect(textOf(world.question()?.reply ?? { blocks: [] })).toMatch(/1[01] have answered\./);
    });

    it("gives hints privately and notes them", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:1");
      const hint = await world.press("Lin", "Hint");
      expect(hint.audience).toBe("asker");
      expect(textOf(hint)).toMatch(/^\*\*Hint:\*\* The hint of image-tags-/);
      await world.pick("Lin", "right");
      await world.pass(2 * minute);
      expect(textOf(await world.press("Lin", "My answers"))).toContain("(with the hint)");
    });

    it("gives 30 s more three times", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:1");
      for (let press = 0; press < 3; press += 1)
        expect(textOf(await world.press("Lin", "More time"))).toContain("30 seconds more");
      const labels = controlsOf(world.question()?.reply ?? { blocks: [] }).map((control) =>
        "label" in control ? control.label : "",
      );
      expect(labels).not.toContain("More time");
      expect(textOf(await world.say("Lin", "quiz more"))).toContain("already got more time 3 times");
    });
  });
}
