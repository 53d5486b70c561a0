import { describe, expect, it } from "vitest";
import { isNumber, isRevealed, type QuizStage } from "./quiz-stage.ts";
import { controlsOf, here, textOf, type World } from "./world.ts";

/** What a quiz makes of controls and words that do not fit, on either engine. */
export function badInputContract(engine: string, { begin }: QuizStage): void {
  describe(`bad input (${engine})`, () => {
    const refused = async (world: World, reply: ReturnType<World["say"]>, sentence: string) => {
      const before = await world.store.read.selectFrom("answer").selectAll().orderBy("learner").execute();
      const answer = await reply;
      expect(answer.audience).toBe("asker");
      expect(textOf(answer)).toContain(sentence);
      expect(await world.store.read.selectFrom("answer").selectAll().orderBy("learner").execute()).toEqual(before);
    };

    it("old, finished, foreign and forged controls, late answers, strange topics: each gets a sentence", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start topic:image-tags questions:2");
      const first = world.question();
      const on = structuredClone(first?.reply ?? { blocks: [] });
      await world.pick("Lin", "right");
      await refused(
        world,
        world.say("Lin", "quiz start topic:image-layers"),
        "A quiz is already running in this channel",
      );
      await refused(
        world,
        world.press("Eve", "A", { on, at: { ...here, workspace: "rival" } }),
        "I do not know the quiz",
      );
      await refused(
        world,
        world.run("Eve", { command: "quiz answer", options: { round: "zzz", q: "0", choice: "1" } }),
        "I do not know the quiz",
      );
      const [id] = await world.store.read.selectFrom("round").select("id").execute();
      await refused(
        world,
        world.run("Eve", { command: "quiz answer", options: { round: id?.id ?? "", q: "0", choice: "7" } }),
        "no such option",
      );
      await refused(
        world,
        world.run("Eve", { command: "quiz answer", options: { round: id?.id ?? "", q: "-1", choice: "x" } }),
        "does not fit",
      );
      await world.until(isRevealed);
      await refused(world, world.press("Eve", "A", { on }), "Question 1 is closed");
      await refused(world, world.press("Ada", "Skip", { on }), "moved on");
      await world.say("Ada", "quiz stop");
      await refused(world, world.press("Eve", "A", { on }), "This quiz ended on");
      await refused(world, world.say("Ada", "quiz stop"), "No quiz is running");
      await refused(world, world.say("Ada", "quiz start topic:layrs"), "Did you mean one of these?");
      await refused(world, world.say("Ada", "quiz start topic:empty-topic"), "I have no questions");
      await refused(world, world.say("Ada", "quiz start questions:999"), "does not fit");
      await refused(world, world.say("Ada", "quiz start", { at: { ...here, direct: true } }), "quizzes you alone");
      await refused(world, world.say("Ada", "quiz daily 09:00"), "Only instructors");
      await refused(world, world.say("Mod", "quiz daily 25:00"), "not a time of day");
      await refused(world, world.say("Mod", "quiz daily 09:00 Mars/Olympus"), "time zone");
    });

    it("nothing in a control tells the right answer, and every control fits into 100 characters", async () => {
      const world = await begin();
      await world.say("Ada", "quiz start questions:5");
      const places = new Map<string, Set<string>>();
      for (let turn = 0; turn < 5; turn += 1) {
        const reply = world.question()?.reply;
        const buttons = controlsOf(reply ?? { blocks: [] }).filter(
          (one) => one.kind === "button" && /^[A-D]$/.test(one.label),
        );
        expect(buttons).toHaveLength(4);
        buttons.forEach((one, index) => {
          if (one.kind !== "button") return;
          expect(one.press.options.choice).toBe(String(index));
          expect(Object.keys(one.press.options).sort()).toEqual(["choice", "q", "round"]);
          places.set(one.label, (places.get(one.label) ?? new Set()).add(one.style ?? "plain"));
        });
        await world.pick("Ada", "right");
        if (turn < 4) await world.until(isNumber(turn + 2));
      }
      for (const styles of places.values()) expect([...styles]).toEqual(["plain"]);
    });
  });
}
