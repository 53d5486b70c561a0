import { z } from "zod";
import { explainPaste } from "../src/answers/explain/explain-paste.ts";
import { explanationReply } from "../src/answers/explain/explanation-reply.ts";
import { defineCommand } from "../src/core/command.ts";
import { UserError } from "../src/core/errors.ts";
import { button, press } from "../src/core/reply.ts";

export default defineCommand({
  name: "explain",
  summary: "Explain a docker command, a Dockerfile, a Compose file or a table part by part",
  options: z.object({
    what: z
      .string()
      .trim()
      .min(1)
      .max(8000, "Too long: I explain up to 8,000 characters, so send the part you wonder about")
      .describe("What you want explained, pasted as it is"),
  }),
  positional: ["what"],
  examples: ["explain docker run -d --name web -p 8080:80 nginx"],
  // "explain layers" is a question.
  claims: (rest) => rest === "" || explainPaste(rest) !== undefined,
  run({ what }, { services }) {
    const explained = explainPaste(what);
    if (!explained)
      throw new UserError(
        "I can explain a `docker` command, a Dockerfile, a Compose file, or what `docker ps`, `images`, `inspect`, `history`, `stats` and `system df` print. Paste one of these; anything else is a question for `ask`.",
        [button("What I can do", press("help"))],
      );
    return explanationReply(explained, { curriculum: services.curriculum.current, offers: services.offers() });
  },
});
