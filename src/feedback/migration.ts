import type { Migration } from "../store/migrate.ts";

export const feedbackMigration: Migration = {
  name: "0301-feedback",
  async up({ run, text, int, strict }) {
    await run(`create table feedback (
      learner ${text} not null,
      about ${text} not null,
      workspace ${text} not null,
      verdict ${text} not null,
      comment ${text},
      at ${int} not null,
      primary key (learner, about)
    ) ${strict}`);
    await run("create index feedback_workspace on feedback (workspace, at)");

    await run(`create table unanswered (
      id ${text} primary key not null,
      workspace ${text} not null,
      learner ${text} not null,
      question ${text} not null,
      outcome ${text} not null,
      nearest ${text},
      at ${int} not null
    ) ${strict}`);
    await run("create index unanswered_workspace on unanswered (workspace, at)");
    await run("create index unanswered_learner on unanswered (learner)");
  },
};
