import { afterEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/core/reply.ts";
import { createClock, type FreshPlace, type StorePlace } from "../store/places.ts";
import { curriculum, question } from "./fixtures.ts";
import { controlsOf, headingOf, here, openWorld, textOf, type World } from "./world.ts";

const minute = 60_000;
const day = 86_400_000;
const isNumber = (number: number) => (reply: Reply) => headingOf(reply).startsWith(`Question ${number} of`);
const isRevealed = (reply: Reply) => textOf(reply).includes("**Why:**");

/** What a quiz must do on either engine. */
export function quizContract(engine: string, fresh: FreshPlace): void {
  const open: World[] = [];
  afterEach(async () => {
    for (const world of open.splice(0)) await world.kill().catch(() => {});
  });
  async function begin(
    options: Parameters<typeof openWorld>[2] = {},
    place?: StorePlace,
    clock = createClock(),
  ): Promise<World> {
    const world = await openWorld(place ?? (await fresh()), clock, options);
    open.push(world);
    return world;
  }
  const scoreSum = async ({ store }: World) => {
    const scores = await store.read.selectFrom("score").selectAll().orderBy("learner").execute();
    const log = await store.read
      .selectFrom("answer")
      .selectAll()
      .where("correct", "is not", null)
      .where("kind", "not in", ["solo", "review"])
      .execute();
    return scores.map(({ learner, points, answers }) => ({
      learner,
      points,
      answers,
      log: log.filter((row) => row.learner === learner).reduce((sum, { correct }) => sum + (correct ?? 0), 0),
    }));
  };

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
      open.splice(open.indexOf(first), 1);
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
      open.splice(open.indexOf(first), 1);
      expect(textOf(first.question()?.reply ?? { blocks: [] })).toContain("Paused for a restart");
      clock.pass(minute);
      const second = await begin({ shown: first.shown }, place, clock);
      await second.settle();
      expect(textOf(await second.pick("Ada", "right"))).toContain("You chose");
    });

    it("does not ask the same question again in a channel for 7 days", async () => {
      const world = await begin();
      const asked = async () => (await world.store.read.selectFrom("asked").select("question").execute()).length;
      await world.say("Ada", "quiz start topic:image-tags questions:4");
      await world.say("Ada", "quiz stop");
      await world.say("Ada", "quiz start topic:image-tags questions:4");
      expect(await asked()).toBe(6);
      await world.say("Ada", "quiz stop");
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

    it("closes when its channel is gone", async () => {
      const world = await begin();
      world.gone.add("oven");
      await world.say("Ada", "quiz start");
      expect(await world.store.read.selectFrom("round").select("live").execute()).toEqual([{ live: 0 }]);
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
      open.splice(open.indexOf(first), 1);
      clock.pass(3 * day);
      const second = await begin({}, place, clock);
      const back = await second.say("Ada", "quiz solo");
      expect(textOf(back)).toContain("You left off here.");
      expect(textOf(back)).toContain(textOf(two).split("\n")[1] ?? "?");
      expect(second.messages()).toEqual([]);
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
  });

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
