import type { App as Bolt, Receiver, ReceiverEvent } from "@slack/bolt";
import { LRUCache } from "lru-cache";
import type { Inbox, Told } from "../../../core/inbox.ts";
import type { Log } from "../../../core/log.ts";
import { createSeen } from "./seen.ts";
import type { Standing } from "./standing.ts";
import type { Tickets } from "./tickets.ts";
import { type Body, comesAgain, isFarewell, readTold, workspaceOf } from "./told.ts";

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
  tickets: Tickets;
  /** How long (ms) an acknowledgement waits for the answer, which spares keeping the event. */
  answerWithinMs: number;
  log: Log;
}

/** How often (ms) to look for what processes that ended have left, and how much of that is in work at once. */
const lookEvery = 3000;
const resumedAtOnce = 5;
/** With more than this in work an answer takes its time, so events are kept before it: many share one write. */
const unhurried = 4;
/** How many events are remembered. */
const most = 5000;

/**
 * Stands between the receiver and the app. What can be lost is acknowledged when it is answered, or when it is kept because the answer takes
 * a moment: so Slack delivers it again, or the next process goes on with it, whenever this one ends. While the store refuses, an event that
 * Slack would deliver again is acknowledged when it is answered, however long that takes. What is delivered again is not answered again.
 */
export function createIntake({ receiver, bolt, inbox, tickets, answerWithinMs, log }: IntakeParts): Intake {
  const working = new Set<Promise<void>>();
  const fresh = createSeen(most);
  /** Until an event may be acknowledged. */
  const safe = new LRUCache<string, Promise<void>>({ max: most });
  /** Marks of answered events on their way to the disk. */
  const marks = new Set<Promise<void>>();
  let inWork = 0;
  let watch: NodeJS.Timeout | undefined;
  let resting = false;
  let resuming = 0;

  async function acknowledge(event: ReceiverEvent): Promise<void> {
    try {
      await event.ack();
    } catch (error) {
      // The socket broke in between. Slack delivers an event again, which is dropped then.
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
    const before = safe.get(told.key);
    if (before) {
      await before;
      return acknowledge(event);
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    safe.set(told.key, promise);
    const acknowledged = promise.then(() => acknowledge(event));
    try {
      await answer(inbox, told, event, resolve);
    } finally {
      resolve();
      await acknowledged;
    }
  }

  /** Answers an event that is new. `mayAcknowledge` is called as soon as it can no longer be lost or is answered. */
  async function answer(kept: Inbox, told: Told, event: ReceiverEvent, mayAcknowledge: () => void): Promise<void> {
    const { key } = told;
    // A process that ended may have answered without noting it.
    tickets.open(key, event.retryNum ? { begun: {} } : {});
    const store = async () => {
      const found = await keep(kept, told);
      if (found !== "refused" || !comesAgain(event.body)) mayAcknowledge();
      return found;
    };
    const hurried = inWork > unhurried || Boolean(event.retryNum);
    const known = hurried ? (await store()) === "known" : await knows(kept, key);
    if (!known) {
      const timer = hurried ? undefined : setTimeout(store, answerWithinMs);
      // A mark that came later would be a trace of a workspace that is forgotten.
      if (isFarewell(event.body as Body)) await Promise.all(marks);
      inWork++;
      await handle(event);
      inWork--;
      clearTimeout(timer);
      mayAcknowledge();
      const mark = kept.done(told).finally(() => marks.delete(mark));
      marks.add(mark);
      await mark;
    }
    tickets.close(key);
  }

  async function keep(kept: Inbox, told: Told): Promise<"new" | "known" | "refused"> {
    try {
      const last = tickets.last(told.key);
      if (!(await kept.keep(told, last))) return "known";
      tickets.keep(told.key);
      // It may have gone on in the meantime.
      const now = tickets.last(told.key);
      if (now && now !== last) await kept.note(told.key, now);
      return "new";
    } catch (error) {
      log.warn("slack event not kept", { error });
      return "refused";
    }
  }

  async function knows(kept: Inbox, key: string): Promise<boolean> {
    try {
      return await kept.knows(key);
    } catch (error) {
      log.warn("slack event not looked up", { error });
      return false;
    }
  }

  async function takeLeft(kept: Inbox): Promise<void> {
    try {
      const left = kept.left("slack");
      const goOn = async () => {
        while (!resting) {
          const next = await left.next();
          if (next.done) return;
          const { key, body, note } = next.value;
          tickets.open(key, { begun: note === undefined ? {} : { note: note as Standing }, kept: true });
          await handle({ body: JSON.parse(body) });
          tickets.close(key);
          await kept.done({ key, platform: "slack", workspace: workspaceOf(JSON.parse(body)) ?? "" });
        }
      };
      const free = resumedAtOnce - resuming;
      resuming += free;
      await Promise.all(Array.from({ length: free }, () => goOn().finally(() => resuming--)));
    } catch (error) {
      log.warn("what was left of slack could not be read", { error });
    }
  }

  function track(work: Promise<void>): Promise<void> {
    const done = work.finally(() => working.delete(done));
    working.add(done);
    return done;
  }

  /** Whatever Slack sends: what cannot be read is acknowledged, so that it does not come again, and left. */
  async function takeOrLeave(event: ReceiverEvent): Promise<void> {
    try {
      if (typeof event.body !== "object" || event.body === null) throw new Error("the event has no body");
      await take(event);
    } catch (error) {
      log.error("slack event not read", { error });
      await acknowledge(event);
    }
  }

  const processEvent = (event: ReceiverEvent): Promise<void> => track(takeOrLeave(event));
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
