import type { Migration } from "../store/migrate.ts";

export const sandboxMigration: Migration = {
  name: "0201-sandbox",
  async up({ run, text, int, strict }) {
    await run(`create table sandbox (
      learner ${text} primary key not null,
      name ${text} not null,
      workspace ${text} not null,
      place ${text} not null,
      host ${text} not null,
      state ${text} not null,
      container ${text} unique,
      line_slot ${int},
      image ${text},
      image_name ${text},
      started_at ${int} not null,
      used_at ${int} not null,
      ends_at ${int} not null,
      extended ${int} not null,
      notice ${text}
    ) ${strict}`);
    await run("create index sandbox_workspace on sandbox (workspace)");

    await run(`create table sandbox_past (
      learner ${text} primary key not null,
      why ${text} not null,
      at ${int} not null
    ) ${strict}`);
    await run("create index sandbox_past_at on sandbox_past (at)");

    await run(`create table sandbox_offer (
      id ${text} primary key not null,
      asker ${text} not null,
      asked ${text} not null,
      at ${int} not null
    ) ${strict}`);
    await run("create index sandbox_offer_at on sandbox_offer (at)");

    await run(`create table sandbox_host (
      name ${text} primary key not null,
      value ${text} not null
    ) ${strict}`);
  },
};
