import type { PersonalPart } from "../store/personal-data.ts";
import "../store/outbox.ts";
import { sharedKeys } from "./sharing.ts";

/** Which answers a person shared. The messages stay where they were posted. */
export const sharingPersonal: PersonalPart = {
  name: "sharing",
  async collect(from, person) {
    const { first, beyond } = sharedKeys(person);
    return {
      shared: await from
        .selectFrom("outbox")
        .select(["place", "at"])
        .where("key", ">=", first)
        .where("key", "<", beyond)
        .execute(),
    };
  },
  async forget(tx, person) {
    const { first, beyond } = sharedKeys(person);
    await tx.deleteFrom("outbox").where("key", ">=", first).where("key", "<", beyond).execute();
  },
};
