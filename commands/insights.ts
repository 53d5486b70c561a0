import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { heading, privately, type Reply, reply, text } from "../src/core/reply.ts";
import type { Insights } from "../src/feedback/insights.ts";
import { shownLine } from "../src/quiz/record/shown-name.ts";
import { titleOf } from "../src/quiz/topic.ts";

export default defineCommand({
  name: "insights",
  summary: "For instructors: weak concepts, unanswered questions, feedback; no names",
  moderator: true,
  options: z.object({
    weeks: z.coerce.number().int().min(1).max(52).default(4).describe("How many weeks back, 1 to 52"),
  }),
  positional: ["weeks"],
  claims: (rest) => /^(?:weeks:)?\S*$/.test(rest),
  examples: ["insights", "insights weeks:12"],
  async run({ weeks }, context): Promise<Reply> {
    const found = await context.services.feedback.insights(context, weeks);
    return privately(
      reply(
        heading(`The last ${weeks === 1 ? "week" : `${weeks} weeks`}`),
        text(
          `**Weakest concepts**\n${list(
            found.weakest.map(
              (one) =>
                `${titleOf(one.concept, context.services.curriculum.current)}: ${one.wrong} of ${one.answers} wrong`,
            ),
            "nothing yet; concepts count from 5 answers on",
          )}`,
        ),
        text(
          `**Wrong options chosen most**\n${list(
            found.wrongOptions.map((one) => describeOption(one, context)),
            "nothing yet",
          )}`,
        ),
        text(
          `**Questions without a certain answer (${found.unansweredCount})**\n${list(
            found.unanswered.map(
              ({ question, nearest }) => `${shownLine(question, 120)}${nearest ? ` (nearest: ${nearest})` : ""}`,
            ),
            "none",
          )}`,
        ),
        text(
          `**Answers found not helpful**\n${list(
            found.verdicts.map(
              ({ about, helpful, unhelpful }) =>
                `${titleOf(about, context.services.curriculum.current)}: ${unhelpful} not helpful, ${helpful} helpful`,
            ),
            "none",
          )}`,
        ),
        text(
          `**Comments**\n${list(
            found.comments.map(
              ({ about, comment, alias }) =>
                `${titleOf(about, context.services.curriculum.current)}: ${shownLine(comment, 200)} (learner ${alias})`,
            ),
            "none",
          )}`,
        ),
        text("Learners are shown under an alias that is theirs alone and cannot be turned back into a name."),
      ),
    );
  },
});

function describeOption(
  { question, choice, misconception, picks, answers }: Insights["wrongOptions"][number],
  { services }: Context,
): string {
  const content = services.curriculum.current;
  const option = content.questions.get(question)?.options[choice]?.text;
  const believed = misconception ? content.misconceptions.get(misconception)?.believed : undefined;
  return `${believed ?? option ?? "an option that is gone"}: ${picks} of ${answers} (question ${question})`;
}

function list(lines: string[], none: string): string {
  return lines.length > 0 ? lines.map((line) => `- ${line}`).join("\n") : none;
}
