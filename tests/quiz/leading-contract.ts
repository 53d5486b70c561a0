import { describe, expect, it } from "vitest";
import { createClock } from "../store/places.ts";
import { curriculum, question } from "./fixtures.ts";
import { day, isNumber, minute, type QuizStage } from "./quiz-stage.ts";
import { controlsOf, headingOf, here, textOf } from "./world.ts";

/** A channel quiz and those who lead it, on either engine: control, pauses, restarts, hosts, predictions and how it ends. */
export function leadingContract(engine: string, { begin, fresh, scoreSum, letGo }: QuizStage): void {
  describe(`leading a channel quiz (${engine})`, () => {
    it("only the starter or a moderator stops it, and the channel message becomes the result", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:3");
      await world.pick("Lin", "right");
      expect(textOf(await world.press("Lin", "Stop"))).toContain(
        "Only the person who started this quiz or a moderator",
      );
      expect(headingOf(world.channelMessage()?.reply ?? { blocks: [] })).toBe("Quiz: image tags");
      expect(textOf(await world.say("Mod", "quiz stop"))).toContain("stopped");
      expect(headingOf(world.channelMessage()?.reply ?? { blocks: [] })).toBe("Quiz ended: image tags");
      expect(textOf(world.question()?.reply ?? { blocks: [] })).toContain("counts for nobody");
      expect(await scoreSum(world)).toEqual([]);
    });

    it("any player may go on when the starter has been silent for two questions", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:4");
      for (const turn of [0, 1]) {
        await world.pick("Lin", "right");
        expect(textOf(await world.press("Lin", "Skip")), `question ${turn}`).toContain("Only the person");
        await world.until(isNumber(turn + 2));
      }
      await world.pick("Lin", "right");
      expect(textOf(await world.press("Lin", "Skip"))).toContain("the explanation is up");
    });

    it("pauses after two silent questions, can be resumed by anybody, and else closes after 15 minutes", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:6");
      await world.pass(4 * minute);
      expect(textOf(world.question()?.reply ?? { blocks: [] })).toContain("Nobody answered two questions in a row");
      expect(textOf(await world.press("Lin", "Resume"))).toBe("The quiz goes on.");
      await world.pass(4_000);
      expect(headingOf(world.question()?.reply ?? { blocks: [] })).toBe("Question 3 of 6");
      await world.pass(30 * minute);
      expect(textOf(world.channelMessage()?.reply ?? { blocks: [] })).toContain("nobody resumed it");
    });

    it("goes on after a crash with the lost time given back", async () => {
      const place = await fresh();
      const clock = createClock();
      const first = await begin({}, place, clock);
      await first.say("Ada", "quiz start topic:image-tags questions:1");
      await first.pick("Ada", "right");
      const before = first.shown;
      await first.kill();
      letGo(first);
      clock.pass(10 * minute);
      const second = await begin({ shown: before }, place, clock);
      await second.settle();
      expect(textOf(second.question()?.reply ?? { blocks: [] })).toContain("It closes at");
      expect(textOf(await second.pick("Lin", "right"))).toContain("You chose");
      await second.pass(2 * minute);
      expect(textOf(second.channelMessage()?.reply ?? { blocks: [] })).toContain("2 guests: 1 right");
    });

    it("says that it is paused when the program stops, and goes on when it starts", async () => {
      const place = await fresh();
      const clock = createClock();
      const first = await begin({}, place, clock);
      await first.say("Ada", "quiz start topic:image-tags questions:1");
      await first.close();
      letGo(first);
      expect(textOf(first.question()?.reply ?? { blocks: [] })).toContain("Paused for a restart");
      clock.pass(minute);
      const second = await begin({ shown: first.shown }, place, clock);
      await second.settle();
      expect(textOf(await second.pick("Ada", "right"))).toContain("You chose");
    });

    it("does not ask the same question again in a channel for 7 days", async () => {
      const world = await begin();
      const asked = new Set<string>();
      for (let round = 0; round < 6; round++) {
        await world.say("Ada", "quiz start topic:image-tags questions:1");
        asked.add(textOf(world.question()?.reply ?? { blocks: [] }).split("\n")[1] ?? "");
        await world.say("Ada", "quiz stop");
      }
      expect(asked.size).toBe(6);
      expect(textOf(await world.say("Ada", "quiz start topic:image-tags"))).toContain("within the last 7 days");
      await world.pass(7 * day + 1);
      expect(textOf(await world.say("Ada", "quiz start topic:image-tags"))).toContain("is on");
    });

    it("lets a host open and close each question, with no clock", async () => {
      const world = await begin();
      await world.say("Ada", "quiz host topic:image-tags questions:2");
      expect(textOf(await world.press("Lin", "Open question 1"))).toContain("Only the person");
      await world.press("Ada", "Open question 1");
      await world.pick("Lin", "right");
      await world.pass(60 * minute);
      expect(textOf(world.question()?.reply ?? { blocks: [] })).toContain("The host closes this question");
      await world.press("Ada", "Close question");
      expect(textOf(world.question()?.reply ?? { blocks: [] })).toContain("(1 answer)");
      await world.pass(10_000);
      await world.press("Ada", "Next");
      await world.press("Ada", "Close question");
      expect(headingOf(world.channelMessage()?.reply ?? { blocks: [] })).toContain("Quiz ended");
    });

    it("decides a prediction by the live run, which may void the question, else by the recorded one", async () => {
      const content = {
        ...curriculum(),
        questions: new Map([["predict-1", question("predict-1", "image-layers", "easy", "stop-keeps")]]),
      };
      const recorded = await begin({ curriculum: { current: content } });
      await recorded.say("Ada", "quiz start");
      await recorded.pick("Ada", "right");
      await recorded.pass(2 * minute);
      expect(textOf(recorded.question()?.reply ?? { blocks: [] })).toContain(
        "Decided by the recorded run:**\n- The file was there.",
      );
      expect(await scoreSum(recorded)).toMatchObject([{ points: 1 }]);
      const live = await begin({
        curriculum: { current: content },
        experimentOutcome: async () => ({ held: false, live: true }),
      });
      await live.say("Ada", "quiz start");
      await live.pick("Ada", "right");
      await live.press("Ada", "Skip");
      await live.settle();
      await live.until((reply) => textOf(reply).includes("counts for nobody"));
      expect(await scoreSum(live)).toEqual([]);
    });

    it("counts only questions that were shown: one that is stopped early can be played again", async () => {
      const world = await begin({ curriculum: { current: curriculum(3) } });
      await world.say("Ada", "quiz start topic:image-tags");
      expect(headingOf(world.question()?.reply ?? { blocks: [] })).toMatch(/^Question 1 of 3/);
      await world.say("Ada", "quiz stop");
      expect(textOf(await world.press("Ada", "Play again"))).toContain("is on: 2 questions");
      for (let position = 0; position < 2; position++) {
        await world.press("Ada", "Skip");
        await world.until((reply) => !headingOf(reply).includes(`Question ${position + 1} `));
      }
      const ended = world.messages().findLast(({ reply }) => headingOf(reply).includes("Quiz ended"));
      const labels = controlsOf(ended?.reply ?? { blocks: [] }).map((one) => ("label" in one ? one.label : ""));
      expect(labels).toContain("Quiz on everything");
      expect(labels).not.toContain("Play again");
    });

    it("asks what was missed once more, although the channel had it today", async () => {
      const world = await begin({ curriculum: { current: curriculum(1) } });
      await world.say("Ada", "quiz start topic:image-tags");
      await world.pick("Ada", "wrong");
      await world.pass(5 * minute);
      expect(textOf(await world.press("Ada", "Review what we missed"))).toContain("is on: 1 question");
    });

    it("takes nothing from another channel, and says where it is", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags");
      const question = world.question()?.reply ?? { blocks: [] };
      for (const at of [
        { ...here, channel: "cellar" },
        { ...here, channel: "lin", direct: true },
        { ...here, workspace: "dairy", channel: "oven" },
      ])
        for (const label of ["A", "Hint", "More time", "Skip"]) {
          const told = await world.press("Ada", label, { on: question, at });
          expect(textOf(told)).toMatch(/in another channel|from another place/);
          expect(told.audience).toBe("asker");
        }
      expect(await world.store.read.selectFrom("answer").selectAll().execute()).toEqual([]);
      expect(textOf(await world.press("Lin", "A", { on: question, at: { ...here, thread: "m1" } }))).toContain(
        "You chose",
      );
    });

    it("is not there at all when the platform does not take its message, and its starter hears it", async () => {
      const world = await begin();
      world.gone.add("oven");
      const told = await world.say("Ada", "quiz start topic:image-tags");
      expect(textOf(told)).toMatch(/cannot post in this channel.*No quiz was started/);
      expect(told.audience).toBe("asker");
      const daily = await world.say("Mod", "quiz daily 09:00");
      expect(textOf(daily)).toMatch(/cannot post in this channel.*No question of the day was planned/);
      for (const table of ["round", "round_player", "asked", "daily"] as const)
        expect(await world.store.read.selectFrom(table).selectAll().execute()).toEqual([]);
      expect(await world.store.read.selectFrom("timer").select("id").where("state", "=", 0).execute()).toEqual([]);
      world.gone.clear();
      expect(textOf(await world.say("Ada", "quiz start topic:image-tags"))).toContain("is on");
    });

    it("reviews what the channel missed", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:1");
      await world.pick("Ada", "wrong");
      await world.pass(2 * minute);
      expect(textOf(world.channelMessage()?.reply ?? { blocks: [] })).toContain(
        "Worth another look: image tags (0 of 1 right)",
      );
      expect(textOf(await world.press("Ada", "Review what we missed"))).toContain("what we missed");
    });
  });
}
