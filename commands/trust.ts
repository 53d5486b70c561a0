import { z } from "zod";
import { type Figures, readFigures, share } from "../src/answers/trust/figures.ts";
import { defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { button, controls, heading, press, reply, text } from "../src/core/reply.ts";

export default defineCommand({
  name: "trust",
  summary: "How often this tutor is right, and what its answers rest on",
  options: z.object({}),
  async run(_options, context) {
    const figures = readFigures();
    const memory = await context.services.conversations?.recall(context);
    const topic = memory?.topic?.concept;
    const run = topic === undefined ? undefined : lastRun(topic, context);
    return reply(
      heading("How far you can trust me"),
      text(told(figures)),
      run !== undefined && text(run),
      text(
        "No language model writes my answers: each one was reviewed and names its source, so you can check it. If one is wrong or beside the point, *Not helpful* under it tells the people who can fix it.",
      ),
      controls(button("What I teach", press("topics"))),
    );
  },
});

function told({ date, topics, answers, runs }: Figures): string {
  return [
    `Measured on ${date}:`,
    `- In our test questions, the right topic came first in ${share(topics.first, topics.asked)}, and among the first three in ${share(topics.firstThree, topics.asked)}.`,
    `- Of questions about other subjects I declined ${share(topics.declined, topics.outside)}.`,
    `- Asked in words I had never seen, I showed the answer meant for them in ${share(answers.first, answers.asked)}, offered it second in ${share(answers.offered, answers.asked)}, showed another in ${share(answers.other, answers.asked)}, and said that I don't know in the rest.`,
    `- ${runs.experiments} experiments show what I claim; all were last run by ${runs.latest} on Docker Engine ${runs.engines.join(" and ")}.`,
  ].join("\n");
}

/** When what was just talked about was last seen to happen. */
function lastRun(topic: string, { services }: Context): string | undefined {
  const { curriculum, experiments } = services;
  const experiment = [...curriculum.current.experiments.values()].find(({ concept }) => concept === topic);
  const run = experiment && experiments.lastRun(experiment.id);
  const title = curriculum.current.concepts.get(topic)?.title;
  return run && title
    ? `About **${title}**: "${experiment.title}" was last recorded on Docker Engine ${run.engine}, on ${run.date}.`
    : undefined;
}
