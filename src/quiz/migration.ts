import type { Migration } from "../store/migrate.ts";

export const quizMigration: Migration = {
  name: "0101-quiz",
  async up({ run, text, int, real, strict }) {
    await run(`create table round (
      id ${text} primary key not null,
      workspace ${text} not null,
      channel ${text} not null,
      active ${text} unique,
      mode ${text} not null,
      starter ${text} not null,
      topic ${text} not null,
      concepts ${text},
      level ${text} not null,
      pace ${text} not null,
      place ${text} not null,
      state ${text} not null,
      content ${text} not null,
      live ${int} not null,
      at ${int} not null
    ) ${strict}`);
    await run("create index round_live on round (id) where live = 1");
    await run("create index round_starter on round (starter)");

    await run(`create table round_player (
      round ${text} not null,
      learner ${text} not null,
      waiting ${int} not null,
      answered ${int} not null,
      hinted ${int} not null,
      primary key (round, learner)
    ) ${strict}`);
    await run("create index round_player_waiting on round_player (round, waiting, answered)");
    await run("create index round_player_learner on round_player (learner)");

    await run(`create table answer (
      round ${text} not null,
      position ${int} not null,
      learner ${text} not null,
      workspace ${text} not null,
      kind ${text} not null,
      question ${text} not null,
      concept ${text} not null,
      choice ${int} not null,
      changes ${int} not null,
      hinted ${int} not null,
      correct ${int},
      at ${int} not null,
      primary key (round, position, learner)
    ) ${strict}`);
    await run("create index answer_learner on answer (learner, at)");

    await run(`create table asked (
      channel ${text} not null,
      question ${text} not null,
      at ${int} not null,
      primary key (channel, question)
    ) ${strict}`);

    await run(`create table score (
      workspace ${text} not null,
      learner ${text} not null,
      points ${int} not null,
      answers ${int} not null,
      primary key (workspace, learner)
    ) ${strict}`);
    await run("create index score_top on score (workspace, points desc, learner)");
    await run("create index score_learner on score (learner)");

    await run(`create table score_week (
      workspace ${text} not null,
      week ${text} not null,
      learner ${text} not null,
      points ${int} not null,
      answers ${int} not null,
      primary key (workspace, week, learner)
    ) ${strict}`);
    await run("create index score_week_top on score_week (workspace, week, points desc, learner)");
    await run("create index score_week_learner on score_week (learner)");

    await run(`create table review (
      learner ${text} not null,
      concept ${text} not null,
      due_at ${int} not null,
      stability ${real} not null,
      difficulty ${real} not null,
      reps ${int} not null,
      lapses ${int} not null,
      state ${int} not null,
      last_at ${int} not null,
      asked ${int} not null,
      correct ${int} not null,
      missed ${text},
      primary key (learner, concept)
    ) ${strict}`);
    await run("create index review_due on review (learner, due_at)");

    await run(`create table learner (
      id ${text} primary key not null,
      name ${text} not null,
      named ${int} not null,
      alias ${text} not null,
      days ${int} not null,
      day ${text} not null,
      level ${text} not null,
      run ${int} not null,
      at ${int} not null
    ) ${strict}`);

    await run(`create table solo (
      learner ${text} primary key not null,
      id ${text} not null,
      state ${text} not null,
      content ${text} not null,
      at ${int} not null
    ) ${strict}`);

    await run(`create table daily (
      channel ${text} primary key not null,
      workspace ${text} not null,
      place ${text} not null,
      hour ${int} not null,
      minute ${int} not null,
      zone ${text} not null,
      topic ${text} not null,
      concepts ${text},
      level ${text} not null,
      starter ${text} not null,
      round ${text}
    ) ${strict}`);
    await run("create index daily_starter on daily (starter)");

    await run(`create table pick_count (
      workspace ${text} not null,
      week ${text} not null,
      question ${text} not null,
      choice ${int} not null,
      concept ${text} not null,
      misconception ${text},
      correct ${int} not null,
      picks ${int} not null,
      primary key (workspace, week, question, choice)
    ) ${strict}`);
  },
};
