import type { PersonalPart } from "../store/personal-data.ts";
import { forgetProgress } from "./progress.ts";

/** How far a person is in labs. */
export const labsPersonal: PersonalPart = {
  name: "labs",
  async collect(from, person) {
    return { progress: await from.selectFrom("lab_progress").selectAll().where("person", "=", person).execute() };
  },
  forget: async (tx, person) => void (await forgetProgress(tx, person)),
};
