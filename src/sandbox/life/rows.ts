import type { Place } from "../../core/context.ts";
import type { Store, Tx } from "../../store/store.ts";

/** What a learner has. One row per learner, so nobody can have two. */
export interface SandboxRow {
  learner: string;
  /** Display name, never trusted. */
  name: string;
  workspace: string;
  /** A Place as JSON: where it was started and where warnings go. */
  place: string;
  /** The engine it is on. */
  host: string;
  /** `starting`: nobody was told yet. `open`: `docker` lines only. `ready`: there is a sandbox. */
  state: "starting" | "open" | "ready";
  container: string | null;
  /** The uid slot of the containers that the learner makes by `docker` lines. */
  line_slot: number | null;
  image: string | null;
  image_name: string | null;
  started_at: number;
  used_at: number;
  /** The absolute end. */
  ends_at: number;
  extended: number;
  /** What the learner must still be told. */
  notice: string | null;
}

declare module "../../store/store.ts" {
  interface Tables {
    sandbox: SandboxRow;
    /** Why a learner's last sandbox is gone. */
    sandbox_past: { learner: string; why: string; at: number };
    /** A wish to see two sandboxes side by side, until the other agrees. */
    sandbox_offer: { id: string; asker: string; asked: string; at: number };
    /** Facts about this installation. */
    sandbox_host: { name: string; value: string };
  }
}

type Reader = Pick<Store["read"], "selectFrom">;

/** A learner's row, or undefined. */
export function findRow(from: Reader, learner: string): Promise<SandboxRow | undefined> {
  return from.selectFrom("sandbox").selectAll().where("learner", "=", learner).executeTakeFirst();
}

/** The rows of an engine. */
export function listRows(from: Reader, host: string): Promise<SandboxRow[]> {
  return from.selectFrom("sandbox").selectAll().where("host", "=", host).orderBy("started_at").execute();
}

/** Changes a learner's row; false when there is none in one of `states`. */
export async function changeRow(
  tx: Tx,
  learner: string,
  change: Partial<SandboxRow>,
  states: SandboxRow["state"][] = ["starting", "open", "ready"],
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("sandbox")
    .set(change)
    .where("learner", "=", learner)
    .where("state", "in", states)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Deletes a learner's row and notes why; gives it back when there was one. */
export async function endRow(tx: Tx, learner: string, why: string, at: number): Promise<SandboxRow | undefined> {
  const row = await tx.deleteFrom("sandbox").where("learner", "=", learner).returningAll().executeTakeFirst();
  if (!row) return undefined;
  await tx
    .insertInto("sandbox_past")
    .values({ learner, why, at })
    .onConflict((conflict) => conflict.column("learner").doUpdateSet({ why, at }))
    .execute();
  return row;
}

/** Deletes what is kept of a learner beside a sandbox that still runs, which ends by itself. */
export async function forgetPast(tx: Tx, learner: string): Promise<void> {
  await tx.deleteFrom("sandbox_past").where("learner", "=", learner).execute();
  await tx
    .deleteFrom("sandbox_offer")
    .where(({ eb, or }) => or([eb("asker", "=", learner), eb("asked", "=", learner)]))
    .execute();
}

/** What a reservation came to: a new row, one that was there, or no room. */
export type Reservation = "new" | "had" | "full" | "workspace-full";

/** Makes a learner's row if there is room. The caps hold across processes: whoever counts holds the installation's row. */
export async function reserve(
  tx: Tx,
  row: SandboxRow,
  caps: { total: number; perWorkspace: number },
): Promise<Reservation> {
  await tx.selectFrom("sandbox_host").select("name").where("name", "=", "instance").forUpdate().execute();
  if (await findRow(tx, row.learner)) return "had";
  const count = async (workspace?: string): Promise<number> => {
    const all = tx.selectFrom("sandbox").select(({ fn }) => fn.countAll<number>().as("many"));
    const counted = await (workspace === undefined ? all : all.where("workspace", "=", workspace)).executeTakeFirst();
    return Number(counted?.many ?? 0);
  };
  if ((await count()) >= caps.total) return "full";
  if ((await count(row.workspace)) >= caps.perWorkspace) return "workspace-full";
  await tx.insertInto("sandbox").values(row).execute();
  await tx.deleteFrom("sandbox_past").where("learner", "=", row.learner).execute();
  return "new";
}

/** This installation's name on engines, made at its first start. */
export async function instanceName(store: Store, make: () => string): Promise<string> {
  return store.write(async (tx) => {
    await tx
      .insertInto("sandbox_host")
      .values({ name: "instance", value: make() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { value } = await tx
      .selectFrom("sandbox_host")
      .select("value")
      .where("name", "=", "instance")
      .executeTakeFirstOrThrow();
    return value;
  });
}

/** Where a row's warnings go. */
export const placeOf = (row: SandboxRow): Place => JSON.parse(row.place) as Place;
