import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import { privately, type Reply } from "../src/core/reply.ts";
import concept from "./concept.ts";

/** What a question's *Explain differently* presses: everybody sees the question, and one who wants to read more does so alone. */
export default defineCommand({
  name: "quiz explain",
  summary: "The card behind a question, only for you",
  hidden: true,
  options: z.object({ name: concept.options.shape.name ?? z.string() }),
  run: async ({ name }, context) => {
    const card = concept.run({ name, level: "deeper" }, { ...context, private: true });
    return privately(await (card as Reply | Promise<Reply>));
  },
});
