import type { PersonalPart } from "../store/personal-data.ts";
import { forgetPast } from "./life/rows.ts";

/** What is kept of a person's sandbox. One that still runs is not deleted here: it ends by itself, or by `sandbox stop`. */
export const sandboxPersonal: PersonalPart = {
  name: "sandbox",
  async collect(from, person) {
    return {
      running: await from
        .selectFrom("sandbox")
        .select(["name", "workspace", "place", "image_name", "started_at", "used_at", "ends_at"])
        .where("learner", "=", person)
        .execute(),
      last: await from.selectFrom("sandbox_past").select(["why", "at"]).where("learner", "=", person).execute(),
      wishesToCompare: await from
        .selectFrom("sandbox_offer")
        .select("at")
        .where(({ eb, or }) => or([eb("asker", "=", person), eb("asked", "=", person)]))
        .execute(),
    };
  },
  forget: forgetPast,
};
