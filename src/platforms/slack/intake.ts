import type { App as Bolt, Receiver, ReceiverEvent } from "@slack/bolt";
import type { Inbox } from "../../core/inbox.ts";
import type { Log } from "../../core/log.ts";
import { createSeen } from "./seen.ts";
import { type Body, comesAgain, readTold } from "./told.ts";

/** What came in and is being worked on. */
export interface Intake {
  /** Goes on with what earlier processes left, now and whenever another process ends. */
  resume(): void;
  /** Begins nothing more of what others left. */
  rest(): void;
  /** Resolves when everything that came in so far is answered. */
  settled(): Promise<void>;
}

interface IntakeParts {
  receiver: Receiver;
  bolt: Bolt;
  /** Without one, what is in work is lost with the process. */
  inbox: Inbox | undefined;
  log: Log;
  /** Told of an event that an earlier process began, with what that one noted. */
  onResumed(key: string, note: unknown): void;
}

/** How often (ms) to look for what processes that ended have left, and how much of that is in work at once. */
const lookEvery = 3000;
const resumedAtOnce = 5;
/** How many events are remembered while the store takes none. */
const mostUnkept = 1000;

/**
 * Stands between the receiver and the app: everything is kept, then acknowledged, before any look-up, and an event that Slack delivers again
 * is dropped. Slack waits three seconds for an acknowledgement and sends nothing again that it got one for; so a process that ends between the
 * two leaves what it had in work to the next one. While the store refuses, an event is acknowledged when it is answered.
 */
export function createIntake({ receiver, bolt, inbox, log, onResumed }: IntakeParts): Intake {
  const working = new Set<Promise<void>>();
  const fresh = createSeen();
  const unkept = new Map<string, Promise<void>>();
  let watch: NodeJS.Timeout | undefined;
  let resting = false;

  async function acknowledge(event: ReceiverEvent): Promise<void> {
    try {
      await event.ack();
    } catch (error) {
      // The socket broke in between. Slack delivers an event again, which is dropped then; a command would be lost otherwise.
      log.debug("slack acknowledgement failed", { error: String(error) });
    }
  }

  async function handle(event: Omit<ReceiverEvent, "ack">): Promise<void> {
    try {
      await bolt.processEvent({ ...event, ack: async () => {} });
    } catch (error) {
      log.error("slack event not handled", { error });
    }
  }

  async function take(event: ReceiverEvent): Promise<void> {
    const body = event.body as Body;
    const told = inbox && readTold(body);
    if (!inbox || !told) {
      await acknowledge(event);
      if (body.event_id === undefined || fresh(`slack:event:${body.event_id}`)) await handle(event);
      return;
    }
    const { key } = told;
    const before = unkept.get(key);
    if (before) return before.then(() => acknowledge(event));
    let isNew: boolean;
    try {
      isNew = await inbox.keep({ ...told, platform: "slack" });
    } catch (error) {
      log.warn("slack event not kept", { error });
      return takeUnkept(key, event);
    }
    await acknowledge(event);
    if (!isNew) return;
    await handle(event);
    await inbox.done(key);
  }

  /** Without the store: what Slack would send again is acknowledged when it is answered, the rest at once. */
  async function takeUnkept(key: string, event: ReceiverEvent): Promise<void> {
    if (!comesAgain(event.body)) await acknowledge(event);
    const answered = unkept.get(key) ?? handle(event);
    unkept.set(key, answered);
    const oldest = unkept.size > mostUnkept ? unkept.keys().next().value : undefined;
    if (oldest !== undefined) unkept.delete(oldest);
    await answered;
    if (comesAgain(event.body)) await acknowledge(event);
  }

  async function takeLeft(kept: Inbox): Promise<void> {
    try {
      const waiting = await kept.left("slack");
      const goOn = async () => {
        for (let one = waiting.shift(); one && !resting; one = waiting.shift()) {
          onResumed(one.key, one.note);
          await handle({ body: JSON.parse(one.body) });
          await kept.done(one.key);
        }
      };
      await Promise.all(Array.from({ length: resumedAtOnce }, goOn));
    } catch (error) {
      log.warn("what was left of slack could not be read", { error });
    }
  }

  function track(work: Promise<void>): Promise<void> {
    const done = work.finally(() => working.delete(done));
    working.add(done);
    return done;
  }

  const processEvent = (event: ReceiverEvent): Promise<void> => track(take(event));
  receiver.init({ processEvent } as unknown as Bolt);
  return {
    resume() {
      if (!inbox) return;
      void track(takeLeft(inbox));
      watch = setInterval(() => void track(takeLeft(inbox)), lookEvery);
    },
    rest() {
      resting = true;
      clearInterval(watch);
    },
    async settled() {
      while (working.size > 0) await Promise.all(working);
    },
  };
}
