import { z } from "zod";
import { answerConcept, answerPair, type Level } from "../src/answers/cards/answer.ts";
import { mayShare } from "../src/answers/share-press.ts";
import { defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { quote } from "../src/core/dispatch.ts";
import { UserError } from "../src/core/errors.ts";
import { button, type Choice, press } from "../src/core/reply.ts";
import type { Concept } from "../src/curriculum/schema.ts";

const complete = (typed: string, { services }: Context): Choice[] =>
  services.tutor.suggest(typed).map((concept) => ({ label: concept.title, value: concept.id }));

export default defineCommand({
  name: "compare",
  summary: "Put two concepts side by side",
  options: z.object({
    first: z.string().trim().min(1).max(200).describe("The first concept, for example image"),
    second: z.string().trim().max(200).default("").describe("The second concept, for example container"),
  }),
  positional: ["first", "second"],
  examples: ["compare image container", "compare volumes and bind-mount"],
  complete: { first: complete, second: complete },
  async run({ first, second }, context) {
    const [left, right] = splitPair(first, second);
    if (!left || !right) throw new UserError("`compare` needs two concepts. For example: `compare image container`.");
    const { tutor, curriculum, offers } = context.services;
    await tutor.ready();
    const found = tutor.find(`difference between ${left} and ${right}`);
    const both =
      found.rule === "comparison" ? curriculum.current.concepts.get(found.ranked[0]?.concept ?? "") : undefined;
    const share = mayShare(context);
    const answer = (card: Concept, level: Level) =>
      answerConcept(card, level, curriculum.current, { ...offers(), share });
    if (both) return answer(both, "deeper");
    const [a, b] = [lookUp(left, context), lookUp(right, context)];
    if (a.id === b.id) return answer(a, "beginner");
    return answerPair(a, b, { share });
  },
});

/** `volumes and bind mounts`, `image vs container` and `image container` all name two things. */
function splitPair(first: string, second: string): [string, string] {
  const whole = `${first} ${second}`.trim();
  const parts = whole.split(/\s+(?:and|vs\.?|versus|with|to|or|against)\s+/i);
  if (parts.length === 2 && parts[0] && parts[1]) return [parts[0], parts[1]];
  return [first, second];
}

function lookUp(name: string, { services }: Context): Concept {
  const concept = services.tutor.concept(name) ?? services.tutor.suggest(name)[0];
  if (concept) return concept;
  throw new UserError(`I have no card called ${quote(name)}. \`topics\` lists all of them.`, [
    button("All topics", press("topics")),
  ]);
}
