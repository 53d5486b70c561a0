import { limits } from "../../engine/limits.ts";

/** Numbers that decide container uids; no two sandboxes of an engine have the same at a time. */
export interface Slots {
  /** The lowest free one. Throws when there is none. */
  take(): number;
  /** Marks one as taken, for containers that were there before this program. */
  hold(slot: number): void;
  release(slot: number): void;
}

/** Slots in memory: which are taken is read from the containers' labels at the start. */
export function createSlots(most: number = limits.slots - 1): Slots {
  const taken = new Set<number>();
  return {
    take() {
      // The last number is the canary's.
      for (let slot = 0; slot < most; slot++) {
        if (taken.has(slot)) continue;
        taken.add(slot);
        return slot;
      }
      throw new Error("no free slot: every sandbox uid is in use");
    },
    hold: (slot) => void taken.add(slot),
    release: (slot) => void taken.delete(slot),
  };
}
