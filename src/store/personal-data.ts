import type { Kysely } from "kysely";
import type { Store, Tables, Tx } from "./store.ts";

declare module "../core/context.ts" {
  interface Services {
    personal: PersonalData;
  }
}

/** What one part of the program keeps of people. Every part that does has one, listed in `src/personal.ts`; a test finds those that are missing. */
export interface PersonalPart {
  /** Its section in an export. */
  name: string;
  /** Everything it keeps of a person, under names that the person understands. */
  collect(from: Kysely<Tables>, person: string): Promise<Record<string, unknown>>;
  /** Deletes all of it, or what ties it to the person; in the transaction that deletes everything else. */
  forget(tx: Tx, person: string): Promise<void>;
}

/** What all parts keep of a person. */
export interface PersonalData {
  /** By part; parts that keep nothing of this person say so with empty lists. */
  collect(person: string): Promise<Record<string, unknown>>;
  /** Deletes everything at once, or nothing when a part fails. */
  forget(person: string): Promise<void>;
  /** Adds a section for what is kept outside of the store; people of whom nothing is kept have none. */
  onCollect(name: string, collect: (person: string) => Record<string, unknown>): void;
  /** Calls `effect` with everybody who was forgotten, for what is kept outside of the store. */
  onForget(effect: (person: string) => void): void;
}

/** Joins what the parts keep. */
export function createPersonalData(store: Store, parts: readonly PersonalPart[]): PersonalData {
  const effects: ((person: string) => void)[] = [];
  const outside: { name: string; collect(person: string): Record<string, unknown> }[] = [];
  return {
    onCollect: (name, collect) => void outside.push({ name, collect }),
    onForget: (effect) => void effects.push(effect),
    async collect(person) {
      const sections: Record<string, unknown> = {};
      for (const { name, collect } of parts) sections[name] = await collect(store.read, person);
      for (const { name, collect } of outside) {
        const kept = collect(person);
        if (Object.keys(kept).length > 0) sections[name] = kept;
      }
      return sections;
    },
    async forget(person) {
      await store.write(async (tx) => {
        for (const { forget } of parts) await forget(tx, person);
      });
      for (const effect of effects) effect(person);
    },
  };
}
