import type { Migration } from "../migrate.ts";

export const inbox: Migration = {
  name: "0002-inbox",
  async up({ run, text, int, strict }) {
    await run(`create table inbox (
      key ${text} primary key not null,
      platform ${text} not null,
      workspace ${text} not null,
      body ${text} not null,
      note ${text},
      owner ${text} not null,
      begun ${int} not null,
      state ${int} not null,
      at ${int} not null,
      until ${int} not null
    ) ${strict}`);
    await run("create index inbox_waiting on inbox (platform, at) where state = 0");
    await run("create index inbox_until on inbox (until)");
  },
};
