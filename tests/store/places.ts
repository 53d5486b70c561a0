import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { Store, StoreOptions } from "../../src/store/store.ts";
import { openStore } from "../harness/open-store.ts";

/** Where a store can be: one of the two engines. */
export type StorePlace = { dataDir: string } | { databaseUrl: string };

/** A new, empty place for every test. */
export type FreshPlace = () => Promise<StorePlace>;

const folders: string[] = [];
process.once("exit", () => folders.forEach((folder) => void rmSync(folder, { recursive: true, force: true })));

/** An empty SQLite place; the folder goes away with the process. */
export async function freshFolder(): Promise<{ dataDir: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-store-"));
  folders.push(dataDir);
  return { dataDir };
}

/** Opens stores that are closed after each test, in the order opposite to that of opening, whatever else was handed in for stopping first. */
export function createOpener() {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });
  return {
    async open(place: StorePlace, options: Pick<StoreOptions, "now" | "log"> = {}): Promise<Store> {
      const store = await openStore({ ...place, ...options });
      open.push(store.close);
      return store;
    },
    stopAfter(stop: () => Promise<void>) {
      open.push(stop);
    },
  };
}

/** A clock that stands still until it is moved, in ms. */
export function createClock(at = Date.UTC(2026, 0, 5, 9)) {
  return {
    now: () => at,
    pass: (ms: number) => {
      at += ms;
    },
  };
}
