import { expect, it } from "vitest";
import { UnreachableError } from "../../src/core/platform.ts";
import { reply } from "../../src/core/reply.ts";
import { createLeases } from "../../src/store/leases.ts";
import { createOutbox, type Lost } from "../../src/store/outbox.ts";
import { createClock, createOpener, type FreshPlace, type StorePlace } from "../store/places.ts";
import { channel, createRecorder, say } from "../store/recorder.ts";

/** What the outbox does on every engine. */
export function outboxContract(fresh: FreshPlace) {
  const { open, stopAfter } = createOpener();

  /** One process with its platform. */
  async function process(place: StorePlace, clock = createClock(), recorder = createRecorder()) {
    const store = await open(place, { now: clock.now });
    const leases = createLeases(store);
    stopAfter(leases.stop);
    await leases.start();
    const outbox = createOutbox(store, { leases, platforms: new Map([["chat", recorder.carrier]]) });
    stopAfter(outbox.stop);
    return { store, leases, outbox, clock, recorder };
  }

  it("sends a message after its transaction and knows it afterwards", async () => {
    const { store, outbox, recorder } = await process(await fresh());
    await store.write((tx) => outbox.post(tx, { key: "hello", place: channel, reply: say("hello") }));
    expect(await outbox.find("hello")).toEqual({ state: "waiting" });
    await outbox.flush();
    expect(recorder.lines).toEqual(["post hello"]);
    expect(recorder.keys).toEqual(["hello"]);
    expect(recorder.doubts).toEqual([]);
    expect(await outbox.find("hello")).toEqual({ state: "sent", ref: { place: channel, id: "1" } });
    expect(await outbox.find("nothing")).toBeUndefined();
  });

  it("never sends what was rolled back", async () => {
    const { store, outbox, recorder } = await process(await fresh());
    const failed = store.write(async (tx) => {
      await outbox.post(tx, { key: "no", place: channel, reply: say("no") });
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    await outbox.flush();
    expect(recorder.lines).toEqual([]);
  });

  it("sends a message once, however often its key is given", async () => {
    const { store, outbox, recorder } = await process(await fresh());
    for (let time = 0; time < 3; time++) {
      await store.write((tx) => outbox.post(tx, { key: "once", place: channel, reply: say(`time ${time}`) }));
      await outbox.flush();
    }
    expect(recorder.lines).toEqual(["post time 0"]);
  });

  it("keeps the order of a channel, threads included", async () => {
    const { store, outbox, recorder } = await process(await fresh());
    await store.write(async (tx) => {
      await outbox.post(tx, { key: "quiz", place: channel, reply: say("quiz") });
      await outbox.openThread(tx, { key: "quiz thread", under: "quiz", title: "Round 1" });
      for (const question of ["one", "two"]) {
        await outbox.post(tx, { key: question, place: { thread: "quiz thread" }, reply: say(question) });
      }
      await outbox.edit(tx, { message: "quiz", reply: say("quiz running") });
    });
    await store.write((tx) => outbox.post(tx, { key: "end", place: channel, reply: say("end") }));
    await outbox.flush();
    // The edit came before the first message was sent, so that one was sent in its newest form.
    expect(recorder.lines).toEqual([
      "post quiz running",
      "thread 1 Round 1",
      "post one → 1",
      "post two → 1",
      "post end",
    ]);
    expect((await outbox.find("quiz thread"))?.place).toEqual({ ...channel, thread: "1" });
  });

  it("sends only the newest of several edits, after what was written before them", async () => {
    const { store, outbox, recorder } = await process(await fresh());
    await store.write((tx) => outbox.post(tx, { key: "board", place: channel, reply: say("board") }));
    await outbox.flush();
    await store.write((tx) => outbox.post(tx, { key: "next", place: channel, reply: say("next") }));
    for (const points of [1, 2, 3]) {
      await store.write((tx) => outbox.edit(tx, { message: "board", reply: say(`board ${points}`) }));
    }
    await outbox.flush();
    expect(recorder.lines).toEqual(["post board", "post next", "edit 1 board 3"]);
    expect(await store.write((tx) => outbox.edit(tx, { message: "unknown", reply: say("?") }))).toBe(false);
  });

  it("sends an edit that came while the message was on its way", async () => {
    const { store, outbox, recorder } = await process(await fresh());
    recorder.before = async (line) => {
      if (line === "post draft") await store.write((tx) => outbox.edit(tx, { message: "m", reply: say("final") }));
    };
    await store.write((tx) => outbox.post(tx, { key: "m", place: channel, reply: say("draft") }));
    await outbox.flush();
    expect(recorder.lines).toEqual(["post draft", "edit 1 final"]);
  });

  it("tries again after a failure, says that the first try may have arrived, and lets nothing overtake", async () => {
    const { store, outbox, recorder, clock } = await process(await fresh());
    let fails = 2;
    recorder.refuse = (line) => {
      if (line === "post first" && fails-- > 0) throw new Error("503");
    };
    await store.write((tx) => outbox.post(tx, { key: "a", place: channel, reply: say("first") }));
    await store.write((tx) => outbox.post(tx, { key: "b", place: channel, reply: say("second") }));
    await outbox.flush();
    expect(recorder.lines).toEqual([]);
    expect(await outbox.find("a")).toEqual({ state: "waiting", reason: "503" });
    for (const pause of [500, 1000]) {
      clock.pass(pause);
      await outbox.stop();
      await outbox.flush();
    }
    expect(recorder.lines).toEqual(["post first", "post second"]);
    expect(recorder.doubts).toEqual(["post first"]);
  });

  it("waits twice as long after each failure, and no longer than half a minute", async () => {
    const { store, outbox, recorder, clock } = await process(await fresh());
    let tries = 0;
    recorder.refuse = () => {
      tries++;
      throw new Error("503");
    };
    await store.write((tx) => outbox.post(tx, { key: "a", place: channel, reply: say("first") }));
    await outbox.flush();
    for (const pause of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      const before = tries;
      clock.pass(pause - 1);
      await outbox.stop();
      await outbox.flush();
      expect(tries, `before ${pause} ms`).toBe(before);
      clock.pass(1);
      await outbox.stop();
      await outbox.flush();
      expect(tries, `after ${pause} ms`).toBe(before + 1);
    }
  });

  it("edits nothing that was given up", async () => {
    const { store, outbox, recorder } = await process(await fresh());
    recorder.refuse = (line) => {
      if (line === "post quiz") throw new UnreachableError("the channel was deleted");
    };
    await store.write((tx) => outbox.post(tx, { key: "quiz", place: channel, reply: say("quiz") }));
    await outbox.flush();
    recorder.refuse = () => {};
    await store.write((tx) => outbox.edit(tx, { message: "quiz", reply: say("again") }));
    await outbox.flush();
    expect(recorder.lines).toEqual([]);
    expect(await outbox.find("quiz")).toEqual({ state: "lost", reason: "the channel was deleted" });
  });

  it("gives up at once on what cannot be reached, with all that hangs on it, and says so", async () => {
    const { store, outbox, recorder } = await process(await fresh());
    recorder.refuse = (line) => {
      if (line === "post quiz") throw new UnreachableError("the channel was deleted");
    };
    const lost: Lost[] = [];
    outbox.onLost(async (one, tx) => {
      lost.push(one);
      await tx
        .insertInto("lease")
        .values({ name: `lost ${one.key}`, owner: "quiz", until: 0 })
        .execute();
    });
    await store.write(async (tx) => {
      await outbox.post(tx, { key: "quiz", place: channel, reply: say("quiz") });
      await outbox.openThread(tx, { key: "thread", under: "quiz", title: "Round" });
      await outbox.post(tx, { key: "question", place: { thread: "thread" }, reply: say("question") });
      await outbox.post(tx, { key: "other", place: channel, reply: say("other") });
    });
    await outbox.flush();
    expect(recorder.lines).toEqual(["post other"]);
    expect(lost.map(({ key }) => key)).toEqual(["quiz", "thread", "question"]);
    expect(await outbox.find("quiz")).toEqual({ state: "lost", reason: "the channel was deleted" });
    expect(await outbox.find("question")).toMatchObject({ state: "lost" });
    const effects = await store.read.selectFrom("lease").select("name").where("owner", "=", "quiz").execute();
    expect(effects).toHaveLength(3);
  });

  it("gives a message up that its channel refuses again and again while it takes others", async () => {
    const { store, outbox, recorder, clock } = await process(await fresh());
    recorder.refuse = (line) => {
      if (line === "post poison") throw new Error("400");
    };
    await store.write((tx) => outbox.post(tx, { key: "poison", place: channel, reply: say("poison") }));
    await store.write((tx) => outbox.post(tx, { key: "fine", place: channel, reply: say("fine") }));
    for (let attempt = 0; attempt < 12; attempt++) {
      await outbox.flush();
      await outbox.stop();
      clock.pass(30_000);
    }
    expect(recorder.lines).toEqual(["post fine"]);
    expect(await outbox.find("poison")).toEqual({ state: "lost", reason: "400" });
  });

  it("sends each message once when two processes look after the same channel", async () => {
    const place = await fresh();
    const clock = createClock();
    const recorder = createRecorder();
    const [one, two] = [await process(place, clock, recorder), await process(place, clock, recorder)];
    await one.store.write(async (tx) => {
      for (let index = 0; index < 30; index++) {
        await one.outbox.post(tx, { key: `m${index}`, place: channel, reply: say(`${index}`) });
      }
    });
    const waiting = async () => (await one.outbox.find("m29"))?.state === "waiting";
    do await Promise.all([one.outbox.flush(), two.outbox.flush(), one.outbox.stop(), two.outbox.stop()]);
    while (await waiting());
    expect(recorder.lines).toEqual(Array.from({ length: 30 }, (_, index) => `post ${index}`));
  });

  it("sends again what a process had in its hands when it died, with the same key and a warning", async () => {
    const place = await fresh();
    const { store, outbox, recorder } = await process(place);
    await store.write((tx) => outbox.post(tx, { key: "m", place: channel, reply: say("m") }));
    await store.write((tx) => tx.updateTable("outbox").set({ owner: "a dead process" }).execute());
    await outbox.flush();
    expect(recorder.doubts).toEqual(["post m"]);
    expect(recorder.keys).toEqual(["m"]);
  });

  it("leaves alone what another living process has in its hands", async () => {
    const place = await fresh();
    const [one, two] = [await process(place), await process(place)];
    await one.store.write((tx) => one.outbox.post(tx, { key: "m", place: channel, reply: say("m") }));
    await one.store.write((tx) => tx.updateTable("outbox").set({ owner: two.leases.owner }).execute());
    await one.outbox.flush();
    expect(one.recorder.lines).toEqual([]);
  });

  it("edits and threads a message that was posted elsewhere", async () => {
    const { store, outbox, recorder } = await process(await fresh());
    await store.write(async (tx) => {
      await outbox.adopt(tx, { key: "reply", ref: { place: channel, id: "77" } });
      await outbox.openThread(tx, { key: "thread", under: "reply", title: "More" });
      await outbox.edit(tx, { message: "reply", reply: say("newer") });
    });
    await outbox.flush();
    expect(recorder.lines).toEqual(["thread 77 More", "edit 77 newer"]);
  });

  it("carries pictures, and forgets a message's content once it is sent", async () => {
    const place = await fresh();
    const { store, outbox, recorder } = await process(place);
    const png = new Uint8Array([137, 80, 78, 71, 0, 255]);
    const sent: unknown[] = [];
    const post = recorder.carrier.post;
    recorder.carrier.post = async (where, answer, options) => {
      sent.push(...answer.blocks);
      return post(where, answer, options);
    };
    const picture = { kind: "picture", png, alt: "layers", name: "layers.png" } as const;
    await store.write((tx) => outbox.post(tx, { key: "p", place: channel, reply: reply(picture) }));
    await outbox.flush();
    expect(sent).toEqual([picture]);
    expect(await store.read.selectFrom("outbox").select("content").execute()).toEqual([{ content: "" }]);
  });

  it("sends by itself once it is started, whatever waits and whatever comes", async () => {
    const { store, outbox, recorder } = await process(await fresh());
    const arrived = Promise.withResolvers<void>();
    recorder.before = async (line) => {
      if (line === "post later") arrived.resolve();
    };
    await store.write((tx) => outbox.post(tx, { key: "a", place: channel, reply: say("waiting") }));
    await outbox.start();
    await store.write((tx) => outbox.post(tx, { key: "b", place: channel, reply: say("later") }));
    await arrived.promise;
    await outbox.stop();
    expect(recorder.lines).toEqual(["post waiting", "post later"]);
  });
}
