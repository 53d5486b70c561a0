import type { Caller, Services } from "../../core/context.ts";
import type { Part } from "../../store/part.ts";
import { forgetConversations } from "./forget-workspace.ts";
import { conversationMigration } from "./migration.ts";
import { conversationPersonal } from "./personal.ts";
import type { Work } from "./work-words.ts";

/** What people and the tutor last talked about. */
export const conversationPart: Part = {
  name: "conversation",
  migrations: [conversationMigration],
  personal: conversationPersonal,
  forgetWorkspace: forgetConversations,
  async create({ store, log, services }) {
    const { createConversations } = await import("./conversation.ts");
    const { createName } = await import("./name-meant.ts");
    const name = createName({
      concept: services.tutor.concept,
      has: (word) => services.commands().some((command) => command.name === word),
      lab: (id) => services.curriculum.current.labs.has(id),
      workOf: (caller) => workOf(caller, services),
    });
    const conversations = createConversations({ store, log, name });
    return { services: { conversations }, prune: conversations.prune, close: () => conversations.settled() };
  },
};

/** What somebody is in the middle of. */
async function workOf(caller: Caller, { labs, quiz }: Services): Promise<Work | undefined> {
  if (await labs.find(caller.person.id)) return { kind: "lab" };
  const open = await quiz.solo.open(caller);
  return open && { kind: "quiz", ...open };
}
