import type { Store, Tx } from "../store/store.ts";

declare module "../store/store.ts" {
  interface Tables {
    /** How far a person is in a lab; `step` counts from 0, `hints` those seen of that step, `done` is 0 or 1. */
    lab_progress: LabProgress;
  }
}

export interface LabProgress {
  person: string;
  lab: string;
  step: number;
  hints: number;
  done: number;
  at: number;
}

/** The lab a person works on: the one touched last that is not done. */
export async function currentProgress(store: Store, person: string): Promise<LabProgress | undefined> {
  return store.read
    .selectFrom("lab_progress")
    .selectAll()
    .where("person", "=", person)
    .where("done", "=", 0)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Every lab a person has begun. */
export async function allProgress(store: Store, person: string): Promise<LabProgress[]> {
  return store.read.selectFrom("lab_progress").selectAll().where("person", "=", person).execute();
}

/** Keeps how far a person is, replacing what was kept for that lab. */
export async function saveProgress(tx: Tx, progress: LabProgress): Promise<void> {
  const { person, lab, ...rest } = progress;
  await tx
    .insertInto("lab_progress")
    .values(progress)
    .onConflict((conflict) => conflict.columns(["person", "lab"]).doUpdateSet(rest))
    .execute();
}

/** Forgets a person's labs; returns how many. */
export async function forgetProgress(tx: Tx, person: string): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom("lab_progress").where("person", "=", person).executeTakeFirst();
  return Number(numDeletedRows);
}
