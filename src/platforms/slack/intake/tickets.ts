import type { Inbox } from "../../../core/inbox.ts";
import type { Standing, Ticket } from "./standing.ts";

interface InHand {
  begun: Ticket["begun"];
  last?: Standing;
  kept: boolean;
}

/** Where the answers that are being given stand, by the keys of their events. */
export interface Tickets {
  /** An answer begins; `begun` when an earlier process may have begun it, `kept` when the event is in the inbox. */
  open(key: string, given?: { begun?: Ticket["begun"]; kept?: boolean }): void;
  /** The event is in the inbox: what changes from here on is noted there. */
  keep(key: string): void;
  /** What was noted last. */
  last(key: string): Standing | undefined;
  /** The ticket of an answer that is being given. */
  of(key: string): Ticket | undefined;
  close(key: string): void;
}

export function createTickets(inbox: Inbox | undefined): Tickets {
  const inHand = new Map<string, InHand>();
  return {
    open: (key, { begun, kept = false } = {}) => void inHand.set(key, { begun, kept }),
    keep(key) {
      const found = inHand.get(key);
      if (found) found.kept = true;
    },
    last: (key) => inHand.get(key)?.last,
    of(key) {
      const found = inHand.get(key);
      if (!found) return undefined;
      const note = async (news: Standing) => {
        found.last = news;
        if (found.kept) await inbox?.note(key, news);
      };
      return { key, note, ...(found.begun && { begun: found.begun }) };
    },
    close: (key) => void inHand.delete(key),
  };
}
