import type { App as Bolt, Receiver, ReceiverEvent } from "@slack/bolt";
import type { Log } from "../../core/log.ts";

/** What came in and is being worked on. */
export interface Intake {
  /** Resolves when everything that came in so far is answered. */
  settled(): Promise<void>;
}

/**
 * Stands between the receiver and the app: everything is acknowledged at once, before any look-up, and an event that Slack delivers again is
 * dropped. Slack waits three seconds for an acknowledgement, and the library leaves commands and controls unacknowledged when something fails.
 */
export function acknowledgeFirst(
  receiver: Receiver,
  bolt: Bolt,
  fresh: (...keys: string[]) => boolean,
  log: Log,
): Intake {
  const working = new Set<Promise<void>>();

  async function take(event: ReceiverEvent): Promise<void> {
    try {
      await event.ack();
    } catch (error) {
      // The socket broke in between. Slack delivers an event again, which is dropped then; a command would be lost otherwise.
      log.debug("slack acknowledgement failed", { error: String(error) });
    }
    const { event_id: id } = event.body;
    if (typeof id === "string" && !fresh(`slack:event:${id}`)) return;
    try {
      await bolt.processEvent({ ...event, ack: async () => {} });
    } catch (error) {
      log.error("slack event not handled", { error });
    }
  }

  const processEvent = (event: ReceiverEvent): Promise<void> => {
    const done = take(event).finally(() => working.delete(done));
    working.add(done);
    return done;
  };
  receiver.init({ processEvent } as unknown as Bolt);
  return {
    async settled() {
      while (working.size > 0) await Promise.all(working);
    },
  };
}
