import type { PersonalPart } from "../store/personal-data.ts";
import "./tables.ts";

const tables = ["answer", "round_player", "score", "score_week", "review", "solo"] as const;

/** What quizzes keep of a person. How often an option was chosen belongs to nobody, and stays. */
export const quizPersonal: PersonalPart = {
  name: "quiz",
  async collect(from, person) {
    return {
      profile: await from.selectFrom("learner").selectAll().where("id", "=", person).execute(),
      answers: await from.selectFrom("answer").where("learner", "=", person).selectAll().orderBy("at").execute(),
      played: await from.selectFrom("round_player").where("learner", "=", person).selectAll().execute(),
      reviews: await from.selectFrom("review").where("learner", "=", person).selectAll().execute(),
      scores: await from.selectFrom("score").where("learner", "=", person).selectAll().execute(),
      weeks: await from.selectFrom("score_week").where("learner", "=", person).selectAll().execute(),
      openQuiz: await from.selectFrom("solo").where("learner", "=", person).select(["id", "at"]).execute(),
      startedQuizzes: await from
        .selectFrom("round")
        .select(["id", "topic", "mode", "at"])
        .where("starter", "=", person)
        .execute(),
      plannedDailyQuestions: await from
        .selectFrom("daily")
        .select(["workspace", "topic", "hour", "minute", "zone"])
        .where("starter", "=", person)
        .execute(),
    };
  },
  async forget(tx, person) {
    for (const table of tables) await tx.deleteFrom(table).where("learner", "=", person).execute();
    await tx.deleteFrom("learner").where("id", "=", person).execute();
    await tx.updateTable("round").set({ starter: "" }).where("starter", "=", person).execute();
    await tx.updateTable("daily").set({ starter: "" }).where("starter", "=", person).execute();
  },
};
