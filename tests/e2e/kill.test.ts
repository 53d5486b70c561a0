import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startBot } from "../harness/bot.ts";
import { openDiscordGroup } from "./discord-group.ts";
import type { Group, Question } from "./group.ts";
import { countUnanswered, readKept } from "./kept.ts";
import { openSlackGroup } from "./slack-group.ts";
import { createStudy } from "./study.ts";

/** The long run kills 50 times. */
const kills = Number(process.env.KILLS ?? 4);
/** The longest life, in ms: about what a question takes from its first press to the next one's post. */
const longest = 2_500;

interface Asked {
  group: Group;
  question: Question;
  /** How often the bot was killed while it may have been answering this. */
  risks: number;
}

it(`loses no answer and doubles no post while it is killed ${kills} times at random`, {
  timeout: 120_000 + kills * 60_000,
}, async () => {
  const [discord, slack] = await Promise.all([
    openDiscordGroup(["Ada", "Lin", "Tom"]),
    openSlackGroup(["Ida", "Max", "Ola"]),
  ]);
  const groups: Group[] = [discord, slack];
  const studies = groups.map((group) => ({ group, study: createStudy(group) }));
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-kill-"));
  const environment = { DATA_DIR: dataDir, ...discord.environment, ...slack.environment, SANDBOX_TOTAL: "0" };
  const asked: Asked[] = [];
  // Cards by name: a question about what the quiz asks just then would only get a private hint.
  const ask = (words: string) => {
    for (const group of groups) {
      const [lead = "", , last = ""] = group.people;
      const mark = `nothing-${String(asked.length).padStart(4, "0")}`;
      asked.push({ group, question: group.mention(lead, words), risks: 0 });
      asked.push({ group, question: group.direct(last, `help ${mark}`, mark), risks: 0 });
    }
  };
  // What ends the bot each time must not end it for ever: an event of Slack's that was begun ten times in vain is given up.
  const mayBeGivenUp = ({ group, risks }: Asked) => group === slack && risks >= 10;
  const isAnswered = ({ question }: Asked) => question.answers().length > 0;
  const start = async () => {
    const bot = startBot(environment);
    const ready = Promise.all([bot.printed(/ready: discord/), bot.printed(/ready: slack/)]);
    await Promise.race([ready, bot.ended.then(({ stderr }) => Promise.reject(new Error(`the bot ended: ${stderr}`)))]);
    return bot;
  };
  const goOn = (over: AbortSignal) => Promise.all(studies.map(({ study }) => study.live(over)));

  // Discord tells a bot about a direct channel only when somebody writes there.
  const first = await start();
  for (const group of groups)
    asked.push({ group, question: group.direct(group.people[2] ?? "", "help at-first", "at-first"), risks: 0 });
  for (const group of groups)
    await group.until(
      () => asked.every((one) => one.group !== group || isAnswered(one)),
      () => `no first answer on ${group.name}`,
    );
  first.child.kill("SIGTERM");
  await first.ended;

  for (let life = 0; life < kills; life += 1) {
    const settled = new Set(asked.filter(isAnswered));
    const bot = await start();
    const over = new AbortController();
    const living = goOn(over.signal);
    // Most is done at once, so most kills come early.
    await sleep(Math.random() ** 3 * longest);
    ask("concept layers");
    await sleep(Math.random() * 200);
    bot.child.kill("SIGKILL");
    over.abort();
    await Promise.all([bot.ended, living]);
    for (const one of asked) if (!settled.has(one)) one.risks += 1;
    await Promise.all(groups.map((group) => group.killed()));
    // While nobody is there, people go on asking.
    ask("concept image-definition");
  }

  const last = await start();
  const over = new AbortController();
  const living = goOn(over.signal);
  try {
    for (const { study } of studies) study.close();
    for (const { group, study } of studies) {
      await group.until(
        () => study.idle(),
        () => {
          const stuck = {
            posts: group.posts().slice(-4),
            unsent: readKept(dataDir).unsent,
            problems: group.problems(),
          };
          return `the quiz on ${group.name} does not end: ${JSON.stringify(stuck, null, 1)}`;
        },
      );
      const mine = asked.filter((one) => one.group === group);
      await group.until(
        () => mine.every((one) => isAnswered(one) || mayBeGivenUp(one)),
        () => `unanswered on ${group.name}: ${mine.map(({ question }) => question.answers().length)}`,
      );
    }
    // What may be given up and is not, is answered or still in work.
    await expect.poll(() => countUnanswered(dataDir), { timeout: 60_000, interval: 200 }).toBe(0);
    over.abort();
    await living;
    last.child.kill("SIGTERM");
    expect(await last.ended).toMatchObject({ status: 0, stderr: "" });
  } finally {
    over.abort();
    last.child.kill("SIGKILL");
    await Promise.all(groups.map((group) => group.stop()));
  }

  const kept = readKept(dataDir);
  const again = ({ question }: Asked) => Math.max(0, question.answers().length - 1);
  console.log(
    JSON.stringify({
      kills,
      ...Object.fromEntries(
        studies.map(({ group, study }) => [
          group.name,
          {
            asked: asked.filter((one) => one.group === group).length,
            unanswered: asked.filter((one) => one.group === group && !isAnswered(one)).length,
            answeredAgain: asked.reduce((sum, one) => sum + (one.group === group ? again(one) : 0), 0),
            quizzes: kept.rounds.filter(({ workspace }) => workspace.startsWith(group.name.toLowerCase())).length,
            answersTold: study.answers().filter(({ told }) => told).length,
            privateAnswers: `${study.told()} of ${study.tried()}`,
            lateAcknowledgements: group.late(),
          },
        ]),
      ),
      postsDoubledOnSlack: slack.doubled(),
    }),
  );

  expect(asked.filter((one) => !isAnswered(one) && !mayBeGivenUp(one))).toEqual([]);
  // Slack has no post that is safe to try again, so a kill between a post and its note costs one doubled answer.
  for (const one of asked) expect(again(one)).toBeLessThanOrEqual(one.group === slack ? one.risks : 0);

  for (const { group, study } of studies) {
    const rounds = kept.rounds.filter(({ workspace }) => workspace.startsWith(group.name.toLowerCase()));
    const answered = new Map(kept.answers.map((one) => [`${one.round} ${one.position} ${one.learner}`, one]));
    for (const { learner, message, letter, told } of study.answers()) {
      const [, round = "", position = ""] = /^quiz:(\w+):q(\d+)$/.exec(kept.messages.get(message) ?? "") ?? [];
      const row = answered.get(`${round} ${position} ${learner}`);
      if (told) expect(row, `${learner} was told that ${letter} is noted`).toBeDefined();
      if (!row) continue;
      const order = rounds.find(({ id }) => id === round)?.state.questions[row.position]?.order;
      expect(row.choice).toBe(order?.["ABCDE".indexOf(letter)]);
    }
    const learners = new Set(group.people.map((who) => group.learner(who)));
    const mine = kept.answers.filter(({ learner }) => learners.has(learner));
    expect(new Set(mine.map((one) => `${one.round} ${one.position} ${one.learner}`)).size).toBe(mine.length);
    expect(mine.length).toBeLessThanOrEqual(study.answers().length);
    for (const learner of learners) {
      const own = mine.filter((one) => one.learner === learner);
      const score = kept.points.find((one) => one.learner === learner);
      expect(score?.answers ?? 0).toBe(own.length);
      expect(score?.points ?? 0).toBe(own.filter(({ correct }) => correct === 1).length);
    }

    expect(rounds.length).toBeGreaterThan(0);
    expect(rounds.length).toBeLessThanOrEqual(study.starts());
    expect(rounds.filter(({ live }) => live !== 0)).toEqual([]);
    const posts = group.posts();
    const doubled = group === slack ? slack.doubled() : 0;
    expect(posts.filter(({ thread, text }) => !thread && text.includes("Quiz")).length).toBeLessThanOrEqual(
      rounds.length + doubled,
    );
    const titles = posts
      .filter(({ thread }) => thread)
      .map(({ thread, text }) => `${thread} ${/Question \d+|Scores/.exec(text)?.[0]}`);
    expect(titles.length - new Set(titles).size).toBeLessThanOrEqual(doubled);
    expect(
      posts.filter(({ buttons }) => buttons.some((label) => /^[A-E]$|Stop/.test(label))).length,
    ).toBeLessThanOrEqual(doubled);
  }
  expect(slack.doubled()).toBeLessThanOrEqual(kills);
  expect(kept.unsent).toEqual([]);
  expect(groups.flatMap((group) => group.problems())).toEqual([]);
});
