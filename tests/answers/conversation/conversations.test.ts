import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createConversations } from "../../../src/answers/conversation/conversation.ts";
import { conversationPersonal } from "../../../src/answers/conversation/personal.ts";
import type { Caller, Place } from "../../../src/core/context.ts";
import { silentLog } from "../../../src/core/log.ts";
import { button, controls, press, type Reply, reply, text } from "../../../src/core/reply.ts";
import type { Store } from "../../../src/store/store.ts";
import { openStore } from "../../harness/open-store.ts";
import { createClock, freshFolder, type StorePlace } from "../../store/places.ts";

const channel: Place = { platform: "chat", workspace: "bakery", channel: "study" };
let events = 0;
const caller = (id: string, place: Place = channel): Caller => ({
  person: { id, name: id, moderator: false },
  place,
  locale: "en",
  event: `event-${++events}`,
});
const asked = (question: string, by: Caller) => ({ command: "ask", options: { question }, caller: by });
const told: Reply = {
  ...reply(text("There is no rename."), controls(button("Quiz me on this", press("quiz solo", { topic: "volumes" })))),
  about: { concept: "volumes", answer: "volumes.rename", question: "how do I rename a volume?" },
};

describe("what is remembered of a conversation", () => {
  const clock = createClock();
  let place: StorePlace;
  let store: Store;
  const open = () => createConversations({ store, log: silentLog, name: (invocation) => invocation });
  beforeEach(async () => {
    place = await freshFolder();
    store = await openStore({ ...place, now: clock.now });
  });
  afterEach(() => store.close());

  it("is there at once, after a restart and in another process", async () => {
    const first = open();
    first.note(asked("how do I rename a volume called cellar?", caller("ada")), told);
    expect(await first.recall(caller("ada"))).toMatchObject({ topic: told.about, values: { volume: "cellar" } });
    await first.settled();
    const other = await openStore({ ...place, now: clock.now });
    const memory = await createConversations({ store: other, log: silentLog, name: (one) => one }).recall(
      caller("ada"),
    );
    await other.close();
    expect(memory?.topic?.concept).toBe("volumes");
    expect(memory?.controls).toEqual([{ label: "Quiz me on this", press: "v1:quiz solo?topic=volumes" }]);
  });

  it("belongs to one person in one channel", async () => {
    const conversations = open();
    conversations.note(asked("how do I rename a volume?", caller("ada")), told);
    await conversations.settled();
    expect(await conversations.recall(caller("lin"))).toBeUndefined();
    expect(await conversations.recall(caller("ada", { ...channel, channel: "other" }))).toBeUndefined();
    expect(await conversations.recall(caller("ada", { ...channel, workspace: "other" }))).toBeUndefined();
  });

  it("goes on in a thread, which then has its own", async () => {
    const conversations = open();
    const thread = { ...channel, thread: "t1" };
    conversations.note(asked("how do I rename a volume?", caller("ada")), told);
    await conversations.settled();
    expect((await conversations.recall(caller("ada", thread)))?.topic?.concept).toBe("volumes");
    const other = { ...told, about: { concept: "layers", question: "what is a layer?" } };
    conversations.note(asked("what is a layer?", caller("ada", thread)), other);
    await conversations.settled();
    expect((await conversations.recall(caller("ada", thread)))?.topic?.concept).toBe("layers");
    expect((await conversations.recall(caller("ada")))?.topic?.concept).toBe("volumes");
  });

  it("is gone after half an hour, and swept", async () => {
    const conversations = open();
    conversations.note(asked("how do I rename a volume?", caller("ada")), told);
    await conversations.settled();
    clock.pass(31 * 60_000);
    expect(await conversations.recall(caller("ada"))).toBeUndefined();
    expect(await conversations.prune()).toBe(1);
  });

  it("fits into 2,000 characters, whatever was said and shown", async () => {
    const conversations = open();
    const long = `how do I rename a volume called ${"v".repeat(63)} ${"ü".repeat(4000)}`;
    const buttons = Array.from({ length: 25 }, (_, at) =>
      button("b".repeat(75), press("answer", { of: `${at}`.padEnd(80, "x") })),
    );
    conversations.note(asked(long, caller("ada")), {
      ...reply(controls(...buttons)),
      about: { concept: "volumes", question: long },
    });
    await conversations.settled();
    const rows = await store.read.selectFrom("conversation").select("memory").execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.memory.length).toBeLessThanOrEqual(2000);
  });

  it("is told to its person and forgotten for them", async () => {
    const conversations = open();
    conversations.note(asked("how do I rename a volume?", caller("ada")), told);
    await conversations.settled();
    expect(await conversationPersonal.collect(store.read, "ada")).toMatchObject({
      lastTalkedAbout: [{ memory: { topic: { concept: "volumes" } } }],
    });
    await store.write((tx) => conversationPersonal.forget(tx, "ada"));
    expect(await conversations.recall(caller("ada"))).toBeUndefined();
  });

  it("is not noted for what shows nothing to go on from, nor for being forgotten", async () => {
    const conversations = open();
    conversations.note(asked("thanks", caller("ada")), reply(text("Glad to help.")));
    conversations.note({ command: "progress forget", options: {}, caller: caller("ada") }, told);
    await conversations.settled();
    expect(await conversations.recall(caller("ada"))).toBeUndefined();
  });
});
