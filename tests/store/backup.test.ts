import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { backupStore } from "../../src/store/backup.ts";
import { sqliteFile } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { createOpener, freshFolder } from "./places.ts";

const count = async (store: Store) => {
  const counted = store.read.selectFrom("event").select(({ fn }) => fn.countAll<number>().as("rows"));
  return (await counted.executeTakeFirstOrThrow()).rows;
};

describe("a backup", () => {
  const { open } = createOpener();

  it("is a whole store that opens, taken while the bot goes on writing", async () => {
    const { dataDir } = await freshFolder();
    const store = await open({ dataDir });
    for (let index = 0; index < 200; index++) await store.once(`before ${index}`, async () => index);
    const other = await freshFolder();
    const saving = backupStore(dataDir, join(other.dataDir, sqliteFile));
    let meanwhile = 0;
    let done = false;
    void saving.finally(() => {
      done = true;
    });
    while (!done) await store.once(`during ${meanwhile++}`, async () => undefined);
    await saving;
    const copy = await open(other);
    expect(await count(copy)).toBeGreaterThanOrEqual(200);
    expect(await count(copy)).toBeLessThanOrEqual(200 + meanwhile);
    expect((await copy.once("before 7", async () => -1)).value).toBe(7);
    expect(await count(store)).toBe(200 + meanwhile);
  });

  it("never overwrites, and needs a database", async () => {
    const { dataDir } = await freshFolder();
    await expect(backupStore(dataDir, join(dataDir, "copy.db"))).rejects.toThrow("There is no database in");
    await open({ dataDir });
    writeFileSync(join(dataDir, "copy.db"), "mine");
    await expect(backupStore(dataDir, join(dataDir, "copy.db"))).rejects.toThrow("never overwrites");
  });

  it("that fails says what to check and leaves nothing behind", async () => {
    const { dataDir } = await freshFolder();
    await open({ dataDir });
    const target = join(dataDir, "no such folder", "copy.db");
    const saving = backupStore(dataDir, target);
    await expect(saving).rejects.toThrow("Check that its folder is there");
    await expect(saving).rejects.toBeInstanceOf(UserError);
    mkdirSync(join(dataDir, "no such folder"));
    expect(readdirSync(join(dataDir, "no such folder"))).toEqual([]);
    expect(existsSync(target)).toBe(false);
  });
});
