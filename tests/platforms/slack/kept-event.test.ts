import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Inbox } from "../../../src/core/inbox.ts";
import { silentLog } from "../../../src/core/log.ts";
import { createInbox } from "../../../src/store/inbox.ts";
import { wordsOf } from "../../harness/slack/reading.ts";
import type { SlackMessage } from "../../harness/slack/world.ts";
import { createOpener, freshFolder } from "../../store/places.ts";
import { connectSlack } from "./setup.ts";
import { testApp } from "./test-app.ts";

const { open } = createOpener();
const says = (pattern: RegExp) => (message: SlackMessage) => pattern.test(wordsOf(message.blocks));

describe("the kept event", () => {
  it("holds no token, and nothing but its key once it is answered", async () => {
    const store = await open(await freshFolder());
    const bodies: string[] = [];
    const inbox = createInbox(store, { leases: { owner: "one" } });
    const keep: Inbox["keep"] = (told) => {
      bodies.push(told.body);
      return inbox.keep(told);
    };
    const { fake, slack, ada, channel } = await connectSlack(testApp(), "socket", {
      inbox: { ...inbox, keep },
      answerWithinMs: 0,
    });
    await ada.mention(channel, "menu");
    const menu = await fake.world.until(() => ada.sees(channel).find(says(/Choose/)));
    await ada.press(menu, "Primary");
    await ada.slash(channel, "secret");
    await fake.world.until(() => ada.sees(channel).find(says(/You said primary/)));
    await slack.settled();
    expect(bodies).toHaveLength(3);
    for (const body of bodies) expect(body).not.toMatch(/"token"|xox|xapp|Choose/);
    const rows = await store.read.selectFrom("inbox").select(["body", "note", "state"]).execute();
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ body: "", note: null, state: 1 })));
  });

  it("that only opens a form or draws the home tab is not kept", async () => {
    const store = await open(await freshFolder());
    const { fake, slack, ada, channel } = await connectSlack(testApp(), "socket", {
      inbox: createInbox(store, { leases: { owner: "one" } }),
    });
    await ada.slash(channel, "menu");
    const menu = await fake.world.until(() => ada.sees(channel).find(says(/Choose/)));
    await ada.press(menu, "Write");
    await fake.world.until(() => ada.modal());
    await ada.openHome();
    await slack.settled();
    const rows = await store.read.selectFrom("inbox").select("key").execute();
    expect(rows.map(({ key }) => key.split(":")[1])).toEqual(["command"]);
  });
});

describe("while the store is full", () => {
  it("an event is acknowledged only when it is answered, once, and commands still get their answer", async () => {
    const store = await open(await freshFolder());
    const app = testApp();
    const refused: string[] = [];
    const { fake, slack, ada, channel } = await connectSlack(app, "socket", {
      inbox: createInbox(store, { leases: { owner: "one" } }),
      fake: { ackMs: 300 },
      answerWithinMs: 0,
      log: { ...silentLog, warn: (message) => void refused.push(message) },
    });
    const { page_count: pages } = (await sql<{ page_count: number }>`pragma page_count`.execute(store.read))
      .rows[0] as { page_count: number };
    await store.write((tx) => sql.raw(`pragma max_page_count = ${pages}`).execute(tx));
    const fill = "x".repeat(100_000);
    await expect(
      store.write((tx) => tx.insertInto("lease").values({ name: "big", owner: fill, until: 0 }).execute()),
    ).rejects.toThrow("full");

    // The answer takes longer than Slack waits, so that it delivers the event again.
    const hold = Promise.withResolvers<void>();
    fake.fail("chat.postMessage", { holdUntil: hold.promise });
    fake.delivery.expectSilence = true;
    const long = "why? ".repeat(3000);
    const asked = ada.mention(channel, long, { eventId: "Ev1" });
    await fake.world.until(() => fake.calls("users.info").length > 0);
    await ada.slash(channel, `ask ${long}`);
    await fake.world.until(() => ada.sees(channel).find(({ onlyFor }) => onlyFor === ada.id));
    expect(ada.sees(channel).filter(({ onlyFor }) => onlyFor === undefined)).toEqual([]);
    hold.resolve();
    await asked;
    await slack.settled();
    expect(app.asked).toHaveLength(2);
    expect(ada.sees(channel)).toHaveLength(2);
    expect(refused).toContain("slack event not kept");
  });
});
