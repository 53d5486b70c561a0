import type { Migration } from "../migrate.ts";

export const installation: Migration = {
  name: "0003-installation",
  async up({ run, text, int, strict }) {
    await run(`create table installation (
      workspace ${text} primary key not null,
      content ${text} not null,
      at ${int} not null
    ) ${strict}`);
  },
};
