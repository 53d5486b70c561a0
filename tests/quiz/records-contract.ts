import { describe, expect, it } from "vitest";
import { day, minute, type QuizStage } from "./quiz-stage.ts";
import { headingOf, textOf } from "./world.ts";

/** What is remembered and told of quizzes, on either engine: progress, personal data, the question of the day, insights. */
export function recordsContract(engine: string, { begin, scoreSum }: QuizStage): void {
  describe(`progress and data (${engine})`, () => {
    it("shows strong and weak concepts, due reviews and the streak, privately", async () => {
      const world = await begin();
      expect(textOf(await world.say("Ada", "progress"))).toContain("not answered a question yet");
      await world.pick("Ada", "wrong", { on: await world.say("Ada", "quiz solo topic:image-layers questions:1") });
      await world.pass(day);
      for (const turn of [1, 2]) {
        await world.pick("Ada", "right", { on: await world.say("Ada", `quiz solo topic:image-tags questions:1`) });
        expect(turn).toBeGreaterThan(0);
      }
      const shown = await world.say("Ada", "progress");
      expect(shown.audience).toBe("asker");
      expect(textOf(shown)).toContain("Days in a row: 2");
      expect(textOf(shown)).toMatch(/Answered: 3 questions, 2 right/);
    });

    it("exports everything, and forgets everything after it has been confirmed", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:1");
      await world.pick("Ada", "right");
      await world.pick("Lin", "right");
      await world.pass(2 * minute);
      await world.pick("Ada", "wrong", { on: await world.say("Ada", "quiz solo") });
      await world.say("Ada", "feedback image-layers too long for me");
      const file = (await world.say("Ada", "progress export")).blocks.find(({ kind }) => kind === "file");
      const data = JSON.parse(file?.kind === "file" ? file.text : "{}");
      expect(data).toMatchObject({
        person: "chat:ada",
        quiz: { answers: [{}, {}], scores: [{ points: 1 }] },
        feedback: { verdicts: [{ comment: "too long for me" }] },
      });
      const sure = await world.say("Ada", "progress forget");
      expect(textOf(sure)).toContain("What stays belongs to nobody");
      expect(textOf(await world.press("Ada", "Delete it all", { on: sure }))).toContain("I keep nothing about you");
      const tables = [
        "answer",
        "round_player",
        "score",
        "score_week",
        "review",
        "solo",
        "feedback",
        "unanswered",
      ] as const;
      for (const table of tables) {
        const rows = await world.store.read
          .selectFrom(table)
          .select("learner")
          .where("learner", "=", "chat:ada")
          .execute();
        expect(rows, table).toEqual([]);
      }
      const left = JSON.stringify(await world.store.read.selectFrom("round").selectAll().execute());
      expect(left).not.toContain("chat:ada");
      expect(await scoreSum(world)).toMatchObject([{ learner: "chat:lin", points: 1, log: 1 }]);
      const picks = await world.store.read
        .selectFrom("pick_count")
        .select("picks")
        .where("question", "like", "image-tags-%")
        .execute();
      expect(picks.reduce((sum, row) => sum + row.picks, 0)).toBeGreaterThanOrEqual(2);
    });
  });

  describe(`the question of the day (${engine})`, () => {
    it("comes at its local time, and yesterday's answer with it", async () => {
      const world = await begin();
      expect(textOf(await world.say("Mod", "quiz daily 09:00 Europe/Berlin"))).toContain(
        "first on Tuesday at [08:00:00 UTC]",
      );
      await world.pass(23 * 60 * minute);
      const first = world.messages().at(-1);
      expect(headingOf(first?.reply ?? { blocks: [] })).toBe("Question of the day");
      expect(first?.place.thread).toBeUndefined();
      await world.pick("Ada", "right");
      await world.pick("Lin", "wrong");
      await world.say("Lin", "quiz start topic:image-tags questions:1");
      await world.pass(day);
      expect(textOf(first?.reply ?? { blocks: [] })).toContain("Correct:");
      const second = world.messages().findLast(({ reply }) => headingOf(reply) === "Question of the day");
      expect(second).not.toBe(first);
      expect(textOf(second?.reply ?? { blocks: [] })).toContain("Last question: 1 of 2 right. The answer was:");
      expect(await scoreSum(world)).toMatchObject([
        { learner: "chat:ada", points: 1 },
        { learner: "chat:lin", points: 0 },
      ]);
      expect(textOf(await world.say("Mod", "quiz daily off"))).toContain("has ended here");
      const count = world.messages().length;
      await world.pass(3 * day);
      expect(world.messages()).toHaveLength(count);
    });
  });

  describe(`insights (${engine})`, () => {
    it("shows an instructor weak concepts, unanswered questions and comments, and no names", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-layers questions:1 level:hard");
      for (let person = 0; person < 5; person += 1)
        await world.pick(`Person${person}`, person === 0 ? "right" : "wrong");
      await world.pass(2 * minute);
      await world.say("Person1", "feedback image-layers I got lost");
      await world.run("Person1", { command: "feedback", options: { about: "image-layers", verdict: "unhelpful" } });
      const told = textOf(await world.say("Mod", "insights"));
      expect(told).toContain("image layers: 4 of 5 wrong");
      expect(told).toContain("I got lost");
      expect(told).toContain("1 not helpful, 0 helpful");
      expect(told).not.toContain("Person1");
      expect(textOf(await world.say("Ada", "insights"))).toContain("Only instructors");
    });
  });
}
