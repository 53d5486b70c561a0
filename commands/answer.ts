import { z } from "zod";
import { answerReply } from "../src/answers/retrieval/answer-reply.ts";
import { mayShare } from "../src/answers/share-press.ts";
import { defineCommand } from "../src/core/command.ts";
import { UserError } from "../src/core/errors.ts";
import { button, press } from "../src/core/reply.ts";

export default defineCommand({
  name: "answer",
  summary: "Read one reviewed answer",
  hidden: true,
  // "answer me: what is a layer" is a question.
  claims: () => false,
  options: z.object({ of: z.string().max(80).describe("The answer's id") }),
  run({ of }, context) {
    const { curriculum, offers } = context.services;
    const answer = curriculum.current.answers.get(of);
    if (!answer)
      throw new UserError("That answer isn't there any more. Ask your question once more and you get the new one.", [
        button("All topics", press("topics")),
      ]);
    const told = answerReply(answer, {
      curriculum: curriculum.current,
      offers: { ...offers(), share: mayShare(context) },
    });
    return { ...told, about: { concept: answer.concept, answer: answer.id, question: answer.question } };
  },
});
