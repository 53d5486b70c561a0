import type { Migration } from "../store/migrate.ts";

export const settingsMigration: Migration = {
  name: "0302-settings",
  async up({ run, text, int, strict }) {
    await run(`create table channel_rule (
      workspace ${text} not null,
      activity ${text} not null,
      channel ${text} not null,
      allowed ${int} not null,
      primary key (workspace, activity, channel)
    ) ${strict}`);

    await run(`create table moderator (
      workspace ${text} not null,
      grantee ${text} not null,
      at ${int} not null,
      primary key (workspace, grantee)
    ) ${strict}`);
    await run("create index moderator_grantee on moderator (grantee)");
  },
};
