import { appendFileSync, existsSync, readFileSync, writeSync } from "node:fs";
import type { Place } from "../../src/core/context.ts";
import { reply, text } from "../../src/core/reply.ts";
import { createLeases } from "../../src/store/leases.ts";
import { type Carrier, createOutbox } from "../../src/store/outbox.ts";
import { createTimers } from "../../src/store/timers.ts";
import { openStore } from "../harness/open-store.ts";

/**
 * A process that is made to be killed: it handles events, each delivered twice. One event keeps an answer, adds a point,
 * sets a timer and posts a message. It prints the name of an answer once that is acknowledged. `drain` finishes what is left.
 */
const [place, messages = "", name = "", mode] = process.argv.slice(2);
const store = await openStore(JSON.parse(place ?? "{}"));
const leases = createLeases(store);
const channel: Place = { platform: "file", workspace: "w", channel: "c" };

/** A channel kept in a file. Like Discord's nonce, it drops a message it has, but only when told that it may have it. */
const file: Carrier = {
  async post(where, _reply, options) {
    const line = `${options?.key}\n`;
    const known = options?.maybeSent && existsSync(messages) && readFileSync(messages, "utf8").includes(line);
    if (!known) appendFileSync(messages, line);
    return { place: where, id: String(options?.key) };
  },
  edit: async () => {},
  openThread: async (ref) => ref.place,
};
const outbox = createOutbox(store, { leases, platforms: new Map([["file", file]]) });
const timers = createTimers(store);
timers.on("ring", async ({ id }, tx) => {
  // The name is different each time, so that firing twice would leave two rows.
  await tx
    .insertInto("lease")
    .values({ name: `${id} ${Math.random()}`, owner: "fired", until: 0 })
    .execute();
});

async function answer(id: string) {
  await store.once(`chat:${id}`, async (tx) => {
    await tx.insertInto("lease").values({ name: id, owner: "answer", until: 0 }).execute();
    const add = tx.insertInto("lease").values({ name: "score", owner: "score", until: 1 });
    await add
      .onConflict((on) => on.column("name").doUpdateSet(({ eb }) => ({ until: eb("lease.until", "+", 1) })))
      .execute();
    await timers.set(tx, { id: `timer ${id}`, kind: "ring", dueAt: store.now() + Math.random() * 40 });
    await outbox.post(tx, { key: `message ${id}`, place: channel, reply: reply(text(id)) });
  });
  writeSync(1, `${id}\n`);
}

await leases.start();
await timers.start();
await outbox.start();
if (mode === "drain") {
  const left = async () =>
    (await store.read.selectFrom("timer").select("id").where("state", "=", 0).execute()).length +
    (await store.read.selectFrom("outbox").select("key").where("state", "=", 0).execute()).length;
  while (await left()) await new Promise((turn) => setTimeout(turn, 20));
  await timers.stop();
  await outbox.stop();
  await leases.stop();
  await store.close();
} else {
  const callers = ["a", "b", "c"].map(async (caller) => {
    for (let index = 0; ; index++) {
      const id = `${name}-${caller}-${index}`;
      await Promise.all([answer(id), answer(id)]);
    }
  });
  await Promise.all(callers);
}
