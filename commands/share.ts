import { z } from "zod";
import { answerConcept, answerPair, type Level } from "../src/answers/cards/answer.ts";
import { tellError } from "../src/answers/errors/clinic.ts";
import { diagnosisReply } from "../src/answers/errors/diagnosis-reply.ts";
import { answerReply } from "../src/answers/retrieval/answer-reply.ts";
import { defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { UserError } from "../src/core/errors.ts";
import { privately, type Reply, reply, text } from "../src/core/reply.ts";
import { shownName } from "../src/quiz/record/shown-name.ts";
import type { SharedOutcome } from "../src/sharing/sharing.ts";

const outcomes: Record<SharedOutcome["state"], string> = {
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
    if (context.place.direct) throw new UserError("There's nobody else here to share it with.");
    const shared = find(of, level, context);
    if (!shared) throw new UserError("That answer has been removed, so there's nothing to share. Ask once more.");
    const open = await context.services.quiz.openQuestionAt(context.place);
    if (open && shared.concepts.includes(open.concept)) {
      return privately(reply(text(spoiler), ...shared.tell(true).blocks));
    }
    const { blocks } = shared.tell(false);
    const posted = reply(text(`_Asked by ${shownName(context.person.name)}_`), ...blocks);
    const outcome = await context.services.sharing.share(context, posted);
    const told = outcome.advice ? `${outcome.advice} Until then only you see it.` : outcomes[outcome.state];
    return privately(reply(text(told), ...blocks));
  },
});

/** What can be shared: what it is about, and how it is told with or without the button that shares it. */
interface Shareable {
  concepts: string[];
  tell(share: boolean): Reply;
}

/** `of` is the id of a reviewed answer, or one or two cards with a dot between. */
function find(of: string, level: Level, { services }: Context): Shareable | undefined {
  const { current: curriculum } = services.curriculum;
  const offers = (share: boolean) => ({ ...services.offers(), share });
  const answer = curriculum.answers.get(of);
  if (answer) {
    return {
      concepts: [answer.concept],
      tell: (share) => answerReply(answer, { curriculum, offers: offers(share) }),
    };
  }
  const error = curriculum.errors.get(of);
  if (error) {
    return {
      concepts: [error.concept],
      tell: (share) => diagnosisReply(tellError(error, {}), { curriculum, offers: offers(share) }),
    };
  }
  const [first, second] = of.split(".").map((one) => curriculum.concepts.get(one));
  if (!first) return undefined;
  return {
    concepts: [first.id, ...(second ? [second.id] : [])],
    tell: (share) =>
      second ? answerPair(first, second, { share }) : answerConcept(first, level, curriculum, offers(share)),
  };
}
