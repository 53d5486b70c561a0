import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import { code, privately, type Reply, reply, text } from "../src/core/reply.ts";
import { CurriculumError, formatProblems } from "../src/curriculum/problem.ts";

const shown = 15;

const reload = defineCommand({
  name: "content reload",
  summary: "For hosts: read the content folders again, without a restart",
  host: true,
  options: z.object({}),
  async run(_, { services }): Promise<Reply> {
    try {
      const { concepts, questions, experiments, labs } = await services.curriculum.reload();
      return privately(
        reply(
          text(
            `Reloaded: ${concepts.size} concepts, ${questions.size} questions, ${experiments.size} experiments and ${labs.size} labs. Quizzes that are running keep their questions.`,
          ),
        ),
      );
    } catch (error) {
      if (!(error instanceof CurriculumError)) throw error;
      return refused(error);
    }
  },
});

function refused({ problems }: CurriculumError): Reply {
  const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
  const all = formatProblems(problems);
  return privately(
    reply(
      text(
        `Nothing was changed: the content has ${count}, so I refused all of it and go on with what I had. Mend it, then run \`content reload\` again.`,
      ),
      code(all.split("\n").slice(0, shown).join("\n")),
      problems.length > shown && { kind: "file", name: "content-problems.txt", text: all },
    ),
  );
}

export default [reload];
