import type { Migration } from "../../store/migrate.ts";

export const conversationMigration: Migration = {
  name: "0501-conversation",
  async up({ run, text, int, strict }) {
    await run(`create table conversation (
      person ${text} not null,
      channel ${text} not null,
      thread ${text} not null,
      workspace ${text} not null,
      memory ${text} not null,
      at ${int} not null,
      primary key (person, channel, thread)
    ) ${strict}`);
    await run("create index conversation_at on conversation (at)");
    await run("create index conversation_workspace on conversation (workspace)");
  },
};
