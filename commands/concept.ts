import { z } from "zod";
import { answerConcept } from "../src/answers/cards/answer.ts";
import { mayShare } from "../src/answers/share-press.ts";
import { defineCommand } from "../src/core/command.ts";
import type { Services } from "../src/core/context.ts";
import { quote } from "../src/core/dispatch.ts";
import { UserError } from "../src/core/errors.ts";
import { button, type Choice, press, type Reply } from "../src/core/reply.ts";

/** The card that tells what there is a picture of. */
const drawn = "lifecycle-states";

export default defineCommand({
  name: "concept",
  summary: "Read one card by its name, for example layers",
  options: z.object({
    name: z.string().trim().min(1).max(100).describe("The concept's name, for example layers"),
    level: z.enum(["beginner", "deeper"]).default("beginner").describe("How much to tell: beginner or deeper"),
  }),
  positional: ["name"],
  examples: ["concept layers", "concept writable layer level:deeper"],
  claims: (rest) => rest.split(/\s+/).length <= 6 && !rest.endsWith("?"),
  complete: {
    name: (typed, { services }): Choice[] =>
      services.tutor.suggest(typed).map((concept) => ({ label: concept.title, value: concept.id })),
  },
  async run({ name, level }, context) {
    const { services } = context;
    await services.tutor.ready();
    const concept = services.tutor.concept(name);
    if (concept) {
      await services.path.saw(context.person.id, "concept", concept.id);
      const offers = { ...services.offers(), share: mayShare(context) };
      const answer = answerConcept(concept, level, services.curriculum.current, offers);
      return concept.id === drawn ? withPicture(answer, services) : answer;
    }
    const near = services.tutor.suggest(name).slice(0, 3);
    throw new UserError(
      near.length
        ? `I have no card called ${quote(name)}. Did you mean one of these?`
        : `I have no card called ${quote(name)}. \`topics\` lists all of them.`,
      [
        ...near.map((one) => button(one.title, press("concept", { name: one.id }))),
        button("All topics", press("topics")),
      ],
    );
  },
});

/** The answer with the picture between its words and its buttons. */
async function withPicture(answer: Reply, { pictures }: Services): Promise<Reply> {
  const picture = (await pictures?.lifecycle()) ?? [];
  const end = answer.blocks.findIndex(({ kind }) => kind === "controls");
  const at = end < 0 ? answer.blocks.length : end;
  return { ...answer, blocks: [...answer.blocks.slice(0, at), ...picture, ...answer.blocks.slice(at)] };
}
