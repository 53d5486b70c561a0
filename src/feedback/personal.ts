import type { PersonalPart } from "../store/personal-data.ts";
import "./tables.ts";

/** What a person said about answers, and what they asked in vain. */
export const feedbackPersonal: PersonalPart = {
  name: "feedback",
  async collect(from, person) {
    return {
      verdicts: await from.selectFrom("feedback").selectAll().where("learner", "=", person).execute(),
      unansweredQuestions: await from.selectFrom("unanswered").selectAll().where("learner", "=", person).execute(),
    };
  },
  async forget(tx, person) {
    await tx.deleteFrom("feedback").where("learner", "=", person).execute();
    await tx.deleteFrom("unanswered").where("learner", "=", person).execute();
  },
};
