import type { Inbox } from "../../core/inbox.ts";
import type { Standing, Ticket } from "./standing.ts";

/** Hands out the tickets of answers, by the keys of their events. */
export function createTickets(inbox: Inbox | undefined) {
  const begun = new Map<string, { standing?: Standing }>();
  return {
    /** Has the next answer to an event go on where an earlier process stopped. */
    resumed(key: string, note: unknown): void {
      begun.set(key, note === undefined ? {} : { standing: note as Standing });
    },
    of(key: string): Ticket | undefined {
      if (!inbox) return undefined;
      const found = begun.get(key);
      begun.delete(key);
      return { key, note: (standing) => void inbox.note(key, standing), ...(found && { begun: found }) };
    },
  };
}
