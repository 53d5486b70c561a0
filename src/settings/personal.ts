import type { PersonalPart } from "../store/personal-data.ts";
import "./tables.ts";

/** Where a person was named as a moderator. What is kept in memory of it is gone within seconds. */
export const settingsPersonal: PersonalPart = {
  name: "settings",
  async collect(from, person) {
    return {
      moderatorIn: await from
        .selectFrom("moderator")
        .select(["workspace", "at"])
        .where("grantee", "=", person)
        .execute(),
    };
  },
  async forget(tx, person) {
    await tx.deleteFrom("moderator").where("grantee", "=", person).execute();
  },
};
