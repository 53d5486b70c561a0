import type { Reply } from "../../../core/reply.ts";
import { limits } from "../limits.ts";

/** A private answer that waits for its asker to press the button. */
interface Kept {
  person: string;
  reply: Reply;
  /** The command that gave it. */
  origin: string;
  until: number;
}

/** Private answers to public mentions, in memory only: Discord shows something to one person only when that person presses something. */
export function createKeptAnswers(now: () => number = Date.now) {
  const kept = new Map<string, Kept>();
  return {
    /** `id`: of the mention. A later answer to it replaces the earlier one. */
    keep(id: string, person: string, origin: string, reply: Reply) {
      kept.delete(id);
      kept.set(id, { person, origin, reply, until: now() + limits.keptFor });
      for (const [old, { until }] of kept) if (kept.size > limits.kept || until < now()) kept.delete(old);
    },
    /** The answer, or why there is none. */
    take(id: string, person: string): Kept | "gone" | "other" {
      const found = kept.get(id);
      if (!found || found.until < now()) return "gone";
      return found.person === person ? found : "other";
    },
  };
}

const prefix = "kept:";

/** The `custom_id` of the button that shows a kept answer. */
export const keptId = (id: string): string => prefix + id;

/** The mention's id in what {@link keptId} made; null for other ids. */
export const readKeptId = (customId: string): string | null =>
  customId.startsWith(prefix) ? customId.slice(prefix.length) : null;
