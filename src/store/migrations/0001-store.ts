import type { Migration } from "../migrate.ts";

export const store: Migration = {
  name: "0001-store",
  async up({ run, text, int, strict }) {
    await run(`create table event (
      key ${text} primary key not null,
      at ${int} not null,
      outcome ${text}
    ) ${strict}`);
    await run("create index event_at on event (at)");

    await run(`create table lease (
      name ${text} primary key not null,
      owner ${text} not null,
      until ${int} not null
    ) ${strict}`);

    await run(`create table timer (
      id ${text} primary key not null,
      kind ${text} not null,
      payload ${text} not null,
      set_for ${int} not null,
      due_at ${int} not null,
      state ${int} not null,
      attempts ${int} not null
    ) ${strict}`);
    await run("create index timer_due on timer (due_at) where state = 0");
    await run("create index timer_done on timer (due_at) where state = 1");

    await run(`create table outbox (
      key ${text} primary key not null,
      kind ${text} not null,
      seq ${int} not null,
      lane ${text} not null,
      platform ${text} not null,
      place ${text},
      parent ${text},
      content ${text} not null,
      version ${int} not null,
      sent ${int} not null,
      ref ${text},
      state ${int} not null,
      owner ${text},
      attempts ${int} not null,
      failing_since ${int},
      due_at ${int} not null,
      error ${text},
      at ${int} not null
    ) ${strict}`);
    await run("create index outbox_seq on outbox (seq)");
    await run("create index outbox_waiting on outbox (platform, seq) where state = 0");
    await run("create index outbox_done on outbox (at) where state > 0");
  },
};
