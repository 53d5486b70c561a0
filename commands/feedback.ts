import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { UserError } from "../src/core/errors.ts";
import { controls, press, privately, type Reply, reply, text } from "../src/core/reply.ts";

export default defineCommand({
  name: "feedback",
  summary: "Say whether an answer helped, or what was missing",
  options: z.object({
    about: z.string().trim().min(1).max(60).describe("The concept the answer was about, for example layers"),
    verdict: z.enum(["helpful", "unhelpful"]).optional().describe("helpful or unhelpful"),
    comment: z.string().trim().max(2000).optional().describe("What the instructor should know"),
  }),
  positional: ["about", "comment"],
  examples: ["feedback layers the example confused me"],
  async run({ about, verdict, comment }, context): Promise<Reply> {
    const concept = context.services.curriculum.current.concepts.get(about) ?? context.services.tutor.concept(about);
    if (!concept)
      throw new UserError("I do not know which answer you mean. Use the buttons under an answer, or a concept's name.");
    if (comment) {
      await context.services.feedback.comment(context, concept.id, comment);
      return privately(reply(text("Thank you. The instructor sees your comment without your name.")));
    }
    if (!verdict) return privately(reply(text("What should the instructor know?"), askForComment(concept.id)));
    await context.services.feedback.rate(context, concept.id, verdict);
    return verdict === "helpful" ? thanks(concept.id) : sorry(concept.id, context);
  },
});

function thanks(about: string): Reply {
  return privately(reply(text("Noted, thank you."), askForComment(about)));
}

function sorry(about: string, { services }: Context): Reply {
  const title = services.curriculum.current.concepts.get(about)?.title ?? about;
  return privately(
    reply(
      text(
        `Noted. What was missing in the answer about ${title}? Your comment goes to the instructor without your name.`,
      ),
      askForComment(about),
    ),
  );
}

function askForComment(about: string) {
  return controls({
    kind: "ask",
    label: "Add a comment",
    press: press("feedback", { about }),
    fills: "comment",
    title: "What should the instructor know?",
    multiline: true,
  });
}
