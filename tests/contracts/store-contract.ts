import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { afterCommit } from "../../src/store/scope.ts";
import type { Store, Tx } from "../../src/store/store.ts";
import { migrations, openStore } from "../harness/open-store.ts";
import { createOpener, type FreshPlace } from "../store/places.ts";

const put = (tx: Tx, name: string, until = 0) =>
  tx.insertInto("lease").values({ name, owner: "somebody", until }).execute();
const names = async (store: Store) =>
  (await store.read.selectFrom("lease").select("name").orderBy("name").execute()).map(({ name }) => name);

/** What every engine of the store must do. */
export function storeContract(fresh: FreshPlace) {
  const { open } = createOpener();
  const openFresh = async () => open(await fresh());

  describe("writes", () => {
    it("are there after the store was closed and opened again", async () => {
      const place = await fresh();
      const first = await openStore(place);
      await first.write((tx) => put(tx, "kept"));
      await first.close();
      expect(await names(await open(place))).toEqual(["kept"]);
    });

    it("leave nothing behind when they fail, and their neighbours are kept", async () => {
      const store = await openFresh();
      const outcomes = await Promise.allSettled(
        ["a", "b", "c"].map((name) =>
          store.write(async (tx) => {
            await put(tx, name);
            if (name === "b") throw new UserError("No b here.");
            return name;
          }),
        ),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect((outcomes[1] as PromiseRejectedResult).reason).toBeInstanceOf(UserError);
      expect(await names(store)).toEqual(["a", "c"]);
    });

    it("leave nothing behind when a constraint refuses one of their statements", async () => {
      const store = await openFresh();
      await store.write((tx) => put(tx, "taken"));
      const refused = store.write(async (tx) => {
        await put(tx, "new");
        await put(tx, "taken");
      });
      await expect(refused).rejects.toThrow(/unique/i);
      expect(await names(store)).toEqual(["taken"]);
    });

    it("that decide on a locked row lose no update, from two processes at once", async () => {
      const place = await fresh();
      const [one, two] = [await open(place), await open(place)];
      await one.write((tx) => put(tx, "count", 0));
      const add = (store: Store) =>
        store.write(async (tx) => {
          const locked = tx.selectFrom("lease").select("until").where("name", "=", "count").forUpdate();
          const { until } = await locked.executeTakeFirstOrThrow();
          await tx
            .updateTable("lease")
            .set({ until: until + 1 })
            .where("name", "=", "count")
            .execute();
        });
      await Promise.all(Array.from({ length: 60 }, (_, index) => add(index % 2 ? one : two)));
      expect(await one.read.selectFrom("lease").select("until").executeTakeFirst()).toEqual({ until: 60 });
    });

    it("of a whole crowd on one row are all served", async () => {
      const store = await openFresh();
      await store.write((tx) => put(tx, "count", 0));
      const add = () =>
        store.write((tx) =>
          tx
            .updateTable("lease")
            .set(({ eb }) => ({ until: eb("until", "+", 1) }))
            .where("name", "=", "count")
            .execute(),
        );
      await Promise.all(Array.from({ length: 500 }, add));
      expect(await store.read.selectFrom("lease").select("until").executeTakeFirst()).toEqual({ until: 500 });
    });

    it("run what waits for the commit, and drop it on a roll-back", async () => {
      const store = await openFresh();
      const heard: string[] = [];
      await store.write(async (tx) => afterCommit(tx, () => heard.push("kept")));
      const failed = store.write(async (tx) => {
        afterCommit(tx, () => heard.push("dropped"));
        throw new Error("no");
      });
      await expect(failed).rejects.toThrow("no");
      expect(heard).toEqual(["kept"]);
    });

    it("refuse a transaction that is used after its end", async () => {
      const store = await openFresh();
      const escaped = await store.write(async (tx) => ({ tx }));
      await expect(put(escaped.tx, "late")).rejects.toThrow("has ended");
    });

    it("refuse a write inside a write instead of waiting for ever", async () => {
      const store = await openFresh();
      await expect(store.write(() => store.write(async () => 1))).rejects.toThrow("a write inside a write");
    });

    it("that were asked for before closing are kept", async () => {
      const place = await fresh();
      const first = await openStore(place);
      const writing = first.write((tx) => put(tx, "last"));
      await Promise.all([writing, first.close()]);
      expect(await names(await open(place))).toEqual(["last"]);
    });
  });

  describe("an event", () => {
    it("has its effect once and gives the first outcome again, also to another process", async () => {
      const place = await fresh();
      const [one, two] = [await open(place), await open(place)];
      const answer = (store: Store, choice: string) =>
        store.once("chat:1", async (tx) => {
          await put(tx, choice);
          return { choice };
        });
      expect(await answer(one, "a")).toEqual({ again: false, value: { choice: "a" } });
      expect(await answer(two, "b")).toEqual({ again: true, value: { choice: "a" } });
      expect(await names(one)).toEqual(["a"]);
    });

    it("delivered many times at once has its effect once", async () => {
      const place = await fresh();
      const stores = [await open(place), await open(place)];
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          (stores[index % 2] as Store).once("chat:2", async (tx) => {
            await put(tx, `effect ${index}`);
            return index;
          }),
        ),
      );
      expect(outcomes.filter(({ again }) => !again)).toHaveLength(1);
      expect(new Set(outcomes.map(({ value }) => value)).size).toBe(1);
      expect(await names(stores[0] as Store)).toHaveLength(1);
    });

    it("whose effect failed may come again", async () => {
      const store = await openFresh();
      const failed = store.once("chat:3", async () => {
        throw new UserError("Not now.");
      });
      await expect(failed).rejects.toThrow("Not now.");
      expect(await store.once("chat:3", async () => "done")).toEqual({ again: false, value: "done" });
    });

    it("without an outcome gives none again", async () => {
      const store = await openFresh();
      await store.once("chat:4", async () => undefined);
      expect(await store.once("chat:4", async () => undefined)).toEqual({ again: true, value: undefined });
    });
  });

  describe("values", () => {
    it("come back as they were: any letters, large numbers, nothing", async () => {
      const store = await openFresh();
      const largest = Number.MAX_SAFE_INTEGER;
      await store.write((tx) => put(tx, "Zoë 🧁 'quoted' \\ %", largest));
      const row = await store.read.selectFrom("lease").select(["name", "until"]).executeTakeFirst();
      expect(row).toEqual({ name: "Zoë 🧁 'quoted' \\ %", until: largest });
    });

    it("keep a text with a zero character, which PostgreSQL cannot hold", async () => {
      const store = await openFresh();
      await store.write((tx) => put(tx, "a\0b"));
      expect(await names(store)).toEqual(["a\uFFFDb"]);
    });

    it("count and add up to numbers", async () => {
      const store = await openFresh();
      await store.write(async (tx) => {
        await put(tx, "a", 1);
        await put(tx, "b", 2);
      });
      const all = store.read
        .selectFrom("lease")
        .select(({ fn }) => [fn.countAll().as("count"), fn.sum("until").as("sum")]);
      expect(await all.executeTakeFirst()).toEqual({ count: 2, sum: 3 });
    });

    it("are sorted byte by byte", async () => {
      const store = await openFresh();
      await store.write(async (tx) => {
        for (const name of ["b", "a-1", "B", "é", "a1", "_"]) await put(tx, name);
      });
      expect(await names(store)).toEqual(["B", "_", "a-1", "a1", "b", "é"]);
    });
  });

  describe("the schema", () => {
    it("is made by every migration of the list, once, when processes start together", async () => {
      const place = await fresh();
      const [store] = await Promise.all([open(place), open(place), open(place)]);
      const applied = await store.read.selectFrom("migration").select("name").execute();
      expect(applied.map(({ name }) => name).sort()).toEqual(migrations.map(({ name }) => name).sort());
    });

    it("of a newer program is refused in one sentence, and nothing is changed", async () => {
      const place = await fresh();
      const store = await open(place);
      await store.write((tx) => tx.insertInto("migration").values({ name: "9999-future", at: 1 }).execute());
      await expect(openStore(place)).rejects.toThrow(
        "written by a newer version of Bakehouse (it knows `9999-future`)",
      );
      await expect(openStore(place)).rejects.toBeInstanceOf(UserError);
    });

    it("gives numbers in the order of the list", async () => {
      const names = migrations.map(({ name }) => name);
      expect(names).toEqual([...names].sort());
      expect(names.every((name) => /^\d{4}-[a-z-]+$/.test(name))).toBe(true);
    });
  });

  it("does not let a reader see what is not committed", async () => {
    const store = await openFresh();
    const seen = await store.write(async (tx) => {
      await put(tx, "unborn");
      return names(store);
    });
    expect(seen).toEqual([]);
    expect(await names(store)).toEqual(["unborn"]);
  });

  it("tells the time in whole milliseconds, near this machine's", async () => {
    const store = await openFresh();
    expect(Number.isInteger(store.now())).toBe(true);
    expect(Math.abs(store.now() - Date.now())).toBeLessThan(60_000);
  });

  it("passes an ordinary error of a query on as it is", async () => {
    const store = await openFresh();
    const wrong = store.write((tx) => sql`select nonsense from nowhere`.execute(tx));
    await expect(wrong).rejects.toThrow("nowhere");
    await expect(wrong).rejects.not.toBeInstanceOf(UserError);
  });
}
