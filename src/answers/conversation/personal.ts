import type { PersonalPart } from "../../store/personal-data.ts";
import "./tables.ts";

/** What a person and the tutor last talked about. */
export const conversationPersonal: PersonalPart = {
  name: "conversation",
  async collect(from, person) {
    const rows = await from
      .selectFrom("conversation")
      .select(["channel", "thread", "memory", "at"])
      .where("person", "=", person)
      .execute();
    return { lastTalkedAbout: rows.map(({ memory, ...row }) => ({ ...row, memory: JSON.parse(memory) })) };
  },
  async forget(tx, person) {
    await tx.deleteFrom("conversation").where("person", "=", person).execute();
  },
};
