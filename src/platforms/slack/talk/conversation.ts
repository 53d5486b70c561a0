import { deliver } from "../../../chat/deliver.ts";
import type { Caller, Place } from "../../../core/context.ts";
import type { App } from "../../../core/platform.ts";
import type { Press, Reply } from "../../../core/reply.ts";
import { within } from "../../../core/within.ts";
import type { Known } from "../intake/people.ts";
import type { Tickets } from "../intake/tickets.ts";
import { limits } from "../limits.ts";
import { adviceOf, persist, refusalOf } from "../transport/failures.ts";
import type { Workspace } from "../transport/workspaces.ts";
import { answerTo, type Route } from "./answer.ts";
import type { Responder } from "./respond.ts";
import { say, sentences } from "./sentences.ts";

/** One thing somebody did, read and acknowledged. */
export interface Request {
  workspace: Workspace;
  /** Slack's id of the person. */
  user: string;
  name?: string;
  place: Place;
  /** Stable over deliveries of the same event. */
  event: string;
  thread?: string;
  private: boolean;
  responder?: Responder;
  replaces?: string;
  /** The message whose control was pressed. */
  pressed?: string;
  /** Show that the bot is working if the answer takes a moment. */
  status?: boolean;
}

interface Parts {
  app: App;
  people(workspace: Workspace, user: string, name?: string): Promise<Known>;
  throttle(person: string): Promise<number>;
  streaming: boolean;
  /** After how long (ms) an answer that is not there yet is announced. */
  statusAfterMs: number;
  tickets: Tickets;
}

/** Runs commands for people and sends what they answer. */
export function createConversation({ app, people, throttle, streaming, statusAfterMs, tickets }: Parts) {
  const running = new Map<AbortController, { key: string; done: Promise<void> }>();
  let stopping = false;

  const routeOf = (request: Request): Route => ({ ...request, streaming, log: app.log });

  /** Runs the command for the person and delivers its replies. Never throws. */
  async function run(request: Request, wanted: Press | ((caller: Caller) => Promise<Press>)): Promise<void> {
    // What an earlier process has begun was asked then, not now.
    const again = tickets.of(request.event)?.begun !== undefined;
    const seconds = again ? 0 : await throttle(`${request.workspace.id}/${request.user}`);
    if (stopping) return tell(request, say(sentences.stopping));
    if (seconds > 0) return tell(request, say(sentences.tooMuch(seconds)));
    const controller = new AbortController();
    const done = perform(request, wanted, controller.signal).finally(() => running.delete(controller));
    running.set(controller, { key: keyOf(request.place.channel, request.thread), done });
    await done;
  }

  async function perform(
    request: Request,
    wanted: Press | ((caller: Caller) => Promise<Press>),
    signal: AbortSignal,
  ): Promise<void> {
    const status = request.status ? announce(request) : undefined;
    const ticket = tickets.of(request.event);
    const sink = answerTo({ ...routeOf(request), ...(ticket && { ticket }) });
    try {
      const known = await people(request.workspace, request.user, request.name);
      const caller: Caller = {
        ...known,
        ...{ place: request.place, event: request.event },
        private: request.private,
        ...(request.pressed !== undefined && { message: request.pressed }),
      };
      const press = typeof wanted === "function" ? await wanted(caller) : wanted;
      await deliver(app.dispatch({ ...press, caller }, signal), sink);
      await sink.finish();
    } catch (error) {
      app.log.error("slack answer failed", { error, refusal: refusalOf(error) });
      const advice = adviceOf(error);
      await tell(request, say(advice ?? sentences.broken));
    } finally {
      status?.();
    }
  }

  /** Says something to the asker without running anything; a failure is logged. */
  async function tell(request: Request, reply: Reply): Promise<void> {
    try {
      const { replaces: _, ...beside } = request;
      await answerTo(routeOf(beside)).send(reply);
    } catch (error) {
      app.log.warn("slack could not tell", { refusal: refusalOf(error) ?? String(error) });
    }
  }

  /** Shows "is looking it up" in the thread once the answer is slow, and again before it clears. Returns how to end that. */
  function announce({ workspace, place, thread }: Request): () => void {
    if (thread === undefined || workspace.refused.has("status")) return () => {};
    const set = () => {
      persist(
        () =>
          workspace.client.assistant.threads.setStatus({
            channel_id: place.channel,
            thread_ts: thread,
            status: "is looking it up…",
          }),
        false,
      ).catch((error: unknown) => {
        if (refusalOf(error) !== undefined) workspace.refused.add("status");
      });
    };
    let timer = setTimeout(() => {
      set();
      timer = setInterval(set, limits.statusAgainMs);
    }, statusAfterMs);
    return () => clearTimeout(timer);
  }

  return {
    run,
    tell,
    /** Cancels what runs in a thread: the person pressed Slack's own Stop. */
    cancel(channel: string, thread: string): void {
      for (const [controller, { key }] of running) if (key === keyOf(channel, thread)) controller.abort();
    },
    /** Takes nothing new; waits for what runs, at most `most` ms, then cancels it and waits a fifth of that again. */
    async stop(most: number): Promise<void> {
      stopping = true;
      const settled = () => Promise.all([...running.values()].map(({ done }) => done));
      await within(settled(), most, undefined);
      for (const controller of running.keys()) controller.abort();
      await within(settled(), most / 5, undefined);
    },
  };
}

export type Conversation = ReturnType<typeof createConversation>;

const keyOf = (channel: string, thread: string | undefined) => `${channel}/${thread ?? ""}`;
