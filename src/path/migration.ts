import type { Migration } from "../store/migrate.ts";

export const pathMigration: Migration = {
  name: "0402-path",
  async up({ run, text, int, strict }) {
    await run(`create table path_seen (
      person ${text} not null,
      kind ${text} not null,
      item ${text} not null,
      at ${int} not null,
      primary key (person, kind, item)
    ) ${strict}`);
  },
};
