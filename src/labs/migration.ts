import type { Migration } from "../store/migrate.ts";

export const labsMigration: Migration = {
  name: "0401-labs",
  async up({ run, text, int, strict }) {
    await run(`create table lab_progress (
      person ${text} not null,
      lab ${text} not null,
      step ${int} not null,
      hints ${int} not null,
      done ${int} not null,
      at ${int} not null,
      primary key (person, lab)
    ) ${strict}`);
    await run("create index lab_progress_latest on lab_progress (person, at)");
  },
};
