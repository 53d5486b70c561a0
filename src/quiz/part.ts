import type { Part } from "../store/part.ts";
import { forgetQuizzes } from "./forget-workspace.ts";
import { quizMigration } from "./migration.ts";
import { quizPersonal } from "./personal.ts";

/** Quizzes, scores, reviews and the question of the day. */
export const quizPart: Part = {
  name: "quiz",
  migrations: [quizMigration],
  personal: quizPersonal,
  forgetWorkspace: forgetQuizzes,
  metrics: ({ read }) => [
    {
      name: "bakehouse_quizzes",
      help: "Quizzes in channels that have not ended.",
      type: "gauge",
      async read() {
        const { count } = await read
          .selectFrom("round")
          .select(({ fn }) => fn.countAll().as("count"))
          .where("live", "=", 1)
          .executeTakeFirstOrThrow();
        return Number(count);
      },
    },
  ],
};
