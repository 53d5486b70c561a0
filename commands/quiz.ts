import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { quote } from "../src/core/dispatch.ts";
import { UserError } from "../src/core/errors.ts";
import { nearest } from "../src/core/nearest.ts";
import { button, type Choice, press } from "../src/core/reply.ts";
import { readClock, readZone } from "../src/quiz/daily/daily-time.ts";
import { viewScores } from "../src/quiz/record/view-scores.ts";
import { paces } from "../src/quiz/round/timing.ts";
import { findTopic, quizConcepts, type Topic, titleOf } from "../src/quiz/topic.ts";

const topic = z
  .string()
  .trim()
  .max(100)
  .optional()
  .describe("What it is about, for example layers; everything if left out");
const level = z.enum(["easy", "medium", "hard", "mixed"]).default("mixed").describe("easy, medium, hard or mixed");
const questions = z.coerce.number().int().min(1).max(20).default(5).describe("How many questions, 1 to 20");
const pace = z
  .enum(paces)
  .default("relaxed")
  .describe("relaxed (45 s and more for long questions), quick (30 s) or none (no clock)");
const lobby = z.enum(["yes", "no"]).default("no").describe("Wait 20 seconds for people to press Join: yes or no");

const complete = (typed: string, { services }: Context): Choice[] => {
  const content = services.curriculum.current;
  const wanted = typed.toLowerCase();
  return quizConcepts(content)
    .map((id) => ({ label: titleOf(id, content), value: id }))
    .filter(({ label, value }) => label.toLowerCase().includes(wanted) || value.includes(wanted))
    .slice(0, 25);
};

/** The topic somebody typed. Throws a UserError with the nearest ones. */
function topicOf(typed: string, command: string, { services }: Context): Topic {
  const found = findTopic(typed, services.curriculum.current);
  if ("label" in found) return found;
  throw new UserError(
    found.near.length > 0
      ? `I have no questions about ${quote(typed)}. Did you mean one of these?`
      : `I have no questions about ${quote(typed)}. \`topics\` lists what there is; \`${command}\` without a topic takes everything.`,
    [
      ...found.near.map(({ id, title }) => button(title, press(command, { topic: id }))),
      button("Everything", press(command, { topic: "all" })),
    ],
  );
}

const solo = defineCommand({
  name: "quiz solo",
  summary: "Quiz yourself: private, no clock, goes on where you left off",
  options: z.object({
    topic,
    level: z
      .enum(["adaptive", "easy", "medium", "hard"])
      .default("adaptive")
      .describe("Where to begin; adaptive follows how you do"),
    questions,
  }),
  positional: ["topic"],
  examples: ["quiz solo", "quiz solo topic:layers"],
  complete: { topic: complete },
  run: (options, context) =>
    context.services.quiz.solo.start(context, {
      topic: options.topic === undefined ? null : topicOf(options.topic, "quiz solo", context),
      level: options.level === "adaptive" ? null : options.level,
      count: options.questions,
    }),
});

const start = defineCommand({
  name: "quiz start",
  summary: "Start a quiz for everybody in this channel",
  activity: "quiz",
  reach: "community",
  options: z.object({ topic, level, questions, pace, lobby }),
  positional: ["topic"],
  examples: ["quiz start topic:layers", "quiz start level:easy questions:3 pace:none"],
  complete: { topic: complete },
  run: (options, context) =>
    context.services.quiz.rounds.start(context, {
      ...options,
      topic: topicOf(options.topic ?? "", "quiz start", context),
      count: options.questions,
      lobby: options.lobby === "yes",
      mode: "timed",
    }),
});

const host = defineCommand({
  name: "quiz host",
  summary: "Lead a quiz: you open and close each question",
  activity: "quiz",
  reach: "community",
  options: z.object({ topic, level, questions }),
  positional: ["topic"],
  examples: ["quiz host topic:layers questions:3"],
  complete: { topic: complete },
  run: (options, context) =>
    context.services.quiz.rounds.start(context, {
      topic: topicOf(options.topic ?? "", "quiz host", context),
      level: options.level,
      count: options.questions,
      pace: "none",
      lobby: false,
      mode: "host",
    }),
});

const stop = defineCommand({
  name: "quiz stop",
  summary: "End the quiz in this channel with its scores",
  options: z.object({ round: z.string().max(20).optional().describe("Which quiz; the one running here if left out") }),
  run: ({ round }, context) => context.services.quiz.rounds.stop(context, round),
});

const review = defineCommand({
  name: "quiz review",
  summary: "Only what you got wrong before, and what is due for review",
  options: z.object({}),
  run: (_, context) => context.services.quiz.solo.review(context),
});

const scores = defineCommand({
  name: "quiz scores",
  summary: "The scoreboard of this server or workspace",
  options: z.object({ span: z.enum(["week", "all"]).default("week").describe("This week or all time: week or all") }),
  positional: ["span"],
  examples: ["quiz scores", "quiz scores all"],
  run: async ({ span }, context) => viewScores(await context.services.quiz.scores(context, span), span, context.person),
});

const daily = defineCommand({
  name: "quiz daily",
  summary: "One question a day in this channel, or off",
  moderator: true,
  reach: "community",
  options: z.object({
    time: z.string().trim().min(1).max(20).describe("A time such as 09:00, or off"),
    zone: z
      .string()
      .trim()
      .max(60)
      .optional()
      .describe("A time zone such as Europe/Berlin; yours where the platform tells it, else UTC"),
    topic,
    level,
  }),
  positional: ["time", "zone"],
  examples: ["quiz daily 09:00 Europe/Berlin", "quiz daily off"],
  complete: {
    topic: complete,
    zone: (typed) =>
      Intl.supportedValuesOf("timeZone")
        .filter((zone) => zone.toLowerCase().includes(typed.toLowerCase().replaceAll(" ", "_")))
        .slice(0, 25)
        .map((zone) => ({ label: zone, value: zone })),
  },
  async run(options, context) {
    if (options.time.toLowerCase() === "off") return context.services.quiz.daily.cancel(context);
    await context.services.settings.requireAllowed("quiz", context);
    const clock = readClock(options.time);
    if (!clock)
      throw new UserError(`${quote(options.time)} is not a time of day. Write it as \`09:00\`, or \`off\` to end it.`);
    const named = options.zone ?? context.zone ?? "UTC";
    const zone = readZone(named);
    if (!zone)
      throw new UserError(`I do not know the time zone ${quote(named)}. Write it as \`Europe/Berlin\` or \`UTC\`.`);
    const about = topicOf(options.topic ?? "", "quiz start", context);
    return context.services.quiz.daily.plan(context, { ...clock, zone }, about, options.level);
  },
});

const named = ["solo", "start", "host", "stop", "review", "scores", "daily"];

/** `quiz` alone goes on with a quiz of one's own, and `quiz layers` is about layers. */
const bare = defineCommand({
  name: "quiz",
  summary: "Quiz yourself, as quiz solo does",
  hidden: true,
  options: solo.options,
  positional: ["topic"],
  claims(rest) {
    const [first = "", ...more] = rest.split(/\s+/);
    if (!rest || /^\w+:/.test(rest)) return true;
    return more.length <= 2 && /^[\w -]+$/.test(rest) && !talk.test(first) && nearest(first, named, 1).length === 0;
  },
  run: solo.run,
});

/** Words that begin a sentence about quizzes, not the name of a topic. */
const talk =
  /^(?:me|us|my|the|a|an|on|about|for|with|is|are|how|what|why|when|who|not|does|doesn|won|can|please|questions?)$/i;

export default [solo, start, host, stop, review, scores, daily, bare];
