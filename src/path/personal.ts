import type { PersonalPart } from "../store/personal-data.ts";
import { forgetSeen } from "./seen.ts";

/** Which cards and experiments a person has looked at. */
export const pathPersonal: PersonalPart = {
  name: "path",
  async collect(from, person) {
    return { seen: await from.selectFrom("path_seen").selectAll().where("person", "=", person).execute() };
  },
  forget: (tx, person) => forgetSeen(tx, person),
};
