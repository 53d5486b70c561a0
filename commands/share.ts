import { z } from "zod";
import { answerConcept, answerPair, type Level } from "../src/answers/cards/answer.ts";
import { defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { UserError } from "../src/core/errors.ts";
import { privately, type Reply, reply, text } from "../src/core/reply.ts";
import type { Concept } from "../src/curriculum/schema.ts";
import { shownName } from "../src/quiz/record/shown-name.ts";
import type { SharedOutcome } from "../src/sharing/sharing.ts";

const outcomes: Record<SharedOutcome, string> = {
  shared: "_Everybody here can see it now._",
  again: "_It is shared here already, so nothing was posted a second time._",
  waiting: "_It is on its way; everybody here will see it in a moment._",
  lost: "_I cannot post in this channel, so only you see it. Somebody who may invite apps can add me; then ask once more._",
};

const spoiler = "_The open quiz question here is about that. Share it after the reveal._";

export default defineCommand({
  name: "share",
  summary: "Show an answer you got to everybody here",
  hidden: true,
  replaces: true,
  // "share files between containers" is a question.
  claims: () => false,
  options: z.object({
    of: z.string().max(80).describe("The cards of the answer"),
    level: z.enum(["beginner", "deeper"]),
  }),
  async run({ of, level }, context): Promise<Reply> {
    if (context.place.direct) throw new UserError("Nobody else is here who could see it.");
    const { current } = context.services.curriculum;
    const [first, second] = of.split(".").map((one) => current.concepts.get(one));
    if (!first) throw new UserError("The card of that answer is gone, so I cannot share it. Ask once more.");
    const open = await context.services.quiz.openQuestionAt(context.place);
    if (open && [first, second].some((one) => one?.id === open.concept)) {
      const later = answerOf(first, second, level, context, true);
      return privately(reply(text(spoiler), ...later.blocks));
    }
    const answer = answerOf(first, second, level, context);
    const shared = reply(text(`_Asked by ${shownName(context.person.name)}_`), ...answer.blocks);
    const outcome = await context.services.sharing.share(context, shared);
    return privately(reply(text(outcomes[outcome]), ...answer.blocks));
  },
});

function answerOf(
  first: Concept,
  second: Concept | undefined,
  level: Level,
  { services }: Context,
  share = false,
): Reply {
  if (second) return answerPair(first, second, { share });
  return answerConcept(first, level, services.curriculum.current, { ...services.offers(), share });
}
