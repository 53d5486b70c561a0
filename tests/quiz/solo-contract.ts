import { describe, expect, it } from "vitest";
import { createClock } from "../store/places.ts";
import { curriculum, question } from "./fixtures.ts";
import { day, minute, type QuizStage } from "./quiz-stage.ts";
import { controlsOf, headingOf, textOf } from "./world.ts";

/** A solo quiz on either engine. */
export function soloContract(engine: string, { begin, fresh, letGo }: QuizStage): void {
  describe(`a solo quiz (${engine})`, () => {
    it("is private, explains at once, and goes on after days and restarts", async () => {
      const place = await fresh();
      const clock = createClock();
      const first = await begin({}, place, clock);
      const one = await first.say("Ada", "quiz solo topic:image-layers");
      expect(one.audience).toBe("asker");
      const verdict = await first.pick("Ada", "wrong", { on: one });
      expect(textOf(verdict)).toMatch(/Not quite[\s\S]*Right is \*\*[A-D]\*\*[\s\S]*Explained:/);
      const two = await first.press("Ada", "Next", { on: verdict });
      expect(headingOf(two)).toMatch(/^Question 2 of 5/);
      await first.kill();
      letGo(first);
      clock.pass(3 * day);
      const second = await begin({}, place, clock);
      const back = await second.say("Ada", "quiz solo");
      expect(textOf(back)).toContain("You left off here.");
      expect(textOf(back)).toContain(textOf(two).split("\n")[1] ?? "?");
      expect(second.messages()).toEqual([]);
    });

    it("promises no more questions than there are", async () => {
      const world = await begin({ curriculum: { current: curriculum(3) } });
      let reply = await world.say("Ada", "quiz solo topic:image-tags");
      for (let n = 1; n <= 3; n++) {
        expect(headingOf(reply)).toMatch(new RegExp(`^Question ${n} of 3 `));
        const verdict = await world.pick("Ada", "right", { on: reply });
        if (n < 3) reply = await world.press("Ada", "Next", { on: verdict });
        else expect(textOf(verdict)).toContain("**3 of 3** right");
      }
    });

    it("adapts: two right go up, one wrong goes down", async () => {
      const world = await begin();
      const levels: string[] = [];
      let reply = await world.say("Ada", "quiz solo questions:6");
      for (const what of ["right", "right", "right", "right", "wrong", "right"] as const) {
        levels.push(/\((\w+)/.exec(headingOf(reply))?.[1] ?? "");
        const verdict = await world.pick("Ada", what, { on: reply });
        reply = controlsOf(verdict).some((one) => "label" in one && one.label === "Next")
          ? await world.press("Ada", "Next", { on: verdict })
          : verdict;
      }
      expect(levels).toEqual(["easy", "easy", "medium", "medium", "hard", "medium"]);
      expect(textOf(reply)).toContain("**5 of 6** right");
    });

    it("brings a miss back when it is due, inside the next solo quiz, and never before", async () => {
      const world = await begin();
      const one = await world.say("Ada", "quiz solo topic:image-layers questions:1");
      const missed = textOf(one).split("\n")[1];
      await world.pick("Ada", "wrong", { on: one });
      const soon = await world.say("Ada", "quiz solo topic:image-tags questions:1");
      expect(headingOf(soon)).not.toContain("review");
      await world.pass(day + minute);
      expect(world.messages()).toEqual([]);
      const later = await world.say("Ada", "quiz solo topic:image-tags");
      expect(headingOf(later)).toContain("back for review");
      expect(textOf(later)).toContain(missed);
    });

    it("quiz review asks only what was missed, until it is made good", async () => {
      const world = await begin();
      expect(textOf(await world.say("Ada", "quiz review"))).toContain("nothing to review");
      await world.pick("Ada", "wrong", { on: await world.say("Ada", "quiz solo topic:image-layers questions:1") });
      const again = await world.say("Ada", "quiz review");
      expect(headingOf(again)).toContain("Question 1 of 1");
      await world.pick("Ada", "right", { on: again });
      expect(textOf(await world.say("Ada", "quiz review"))).toContain("nothing to review");
    });

    it("refuses a second answer and other people's buttons", async () => {
      const world = await begin();
      const one = await world.say("Ada", "quiz solo questions:2");
      await world.press("Ada", "A", { on: one });
      expect(textOf(await world.press("Ada", "B", { on: one }))).toContain("already answered");
      expect(textOf(await world.press("Eve", "A", { on: one }))).toContain("somebody else's");
      expect(await world.store.read.selectFrom("answer").select("learner").execute()).toHaveLength(1);
    });

    it("gives the hint in place, which counts as half known", async () => {
      const world = await begin();
      const one = await world.say("Ada", "quiz solo topic:image-layers questions:1");
      const hinted = await world.press("Ada", "Hint", { on: one });
      expect(textOf(hinted)).toContain("**Hint:** The hint of");
      await world.pick("Ada", "right", { on: hinted });
      expect(await world.store.read.selectFrom("review").select(["due_at"]).execute()).toEqual([
        { due_at: world.clock.now() + 2 * day },
      ]);
    });

    it("decides a prediction by a live run where one is possible, else by the recorded one", async () => {
      const content = {
        ...curriculum(),
        questions: new Map([["predict-1", question("predict-1", "image-layers", "easy", "stop-keeps")]]),
      };
      const asked: string[] = [];
      const live = await begin({
        curriculum: { current: content },
        experimentOutcome: async (experiment) => {
          asked.push(experiment);
          return { held: true, live: true, shown: "`docker ps` printed `ada`" };
        },
      });
      const won = await live.pick("Ada", "right", { on: await live.say("Ada", "quiz solo questions:1") });
      expect(textOf(won)).toContain("Decided by a live run:**\n`docker ps` printed `ada`");
      expect(textOf(won)).toContain("1 of 1** right");
      expect(asked).toEqual(["stop-keeps"]);
      const failing = await begin({
        curriculum: { current: content },
        experimentOutcome: () => Promise.reject(new Error("no room on the engine")),
      });
      const told = await failing.pick("Ada", "right", { on: await failing.say("Ada", "quiz solo questions:1") });
      expect(textOf(told)).toContain("Decided by the recorded run:**\n- The file was there.");
    });

    it("counts a prediction for nobody when the live run did something else", async () => {
      const world = await begin({
        curriculum: {
          current: {
            ...curriculum(),
            questions: new Map([["predict-1", question("predict-1", "image-layers", "easy", "stop-keeps")]]),
          },
        },
        experimentOutcome: async () => ({ held: false, live: true }),
      });
      const shown = await world.say("Ada", "quiz solo questions:1");
      const told = await world.pick("Ada", "wrong", { on: shown });
      expect(headingOf(told)).toBe("This one does not count");
      expect(textOf(told)).toContain("0 of 0** right.");
      expect(textOf(told)).not.toContain("comes back");
      expect(await world.store.read.selectFrom("answer").selectAll().execute()).toEqual([]);
      expect(textOf(await world.pick("Ada", "right", { on: shown }))).toContain("already answered");
    });
  });
}
