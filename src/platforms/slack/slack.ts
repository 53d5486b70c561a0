import { LRUCache } from "lru-cache";
import type { Place } from "../../core/context.ts";
import type { Inbox } from "../../core/inbox.ts";
import type { App, MessageRef, Platform } from "../../core/platform.ts";
import type { Reply } from "../../core/reply.ts";
import { within } from "../../core/within.ts";
import { publishHome } from "./draw/home.ts";
import { createIntake, type Intake } from "./intake/intake.ts";
import { type Ears, listen } from "./intake/listen.ts";
import { listenToEvents } from "./intake/listen-events.ts";
import { createPeople } from "./intake/people.ts";
import { createSeen } from "./intake/seen.ts";
import { createTickets } from "./intake/tickets.ts";
import { type Conversation, createConversation } from "./talk/conversation.ts";
import { postReply, type Uploaded, updateReply } from "./talk/outgoing.ts";
import { createThrottle, type perPerson } from "./talk/throttle.ts";
import { persist, translate } from "./transport/failures.ts";
import { openTransport, type Transport, type TransportOptions } from "./transport/transport.ts";
import type { Workspace } from "./transport/workspaces.ts";

/** What Slack needs. Socket Mode with `appToken`; HTTP with `signingSecret` and `port`. */
export interface SlackOptions extends TransportOptions {
  /** Slack ids of people who may moderate besides the workspace's admins. */
  tutors?: readonly string[];
  /** Where what Slack says is kept until it is answered; without one a crash loses what is in work. */
  inbox?: Inbox;
  /** How long (ms) an acknowledgement waits for an answer, so that what is answered quickly need not be kept. Slack waits three seconds. */
  answerWithinMs?: number;
  /** Called when a workspace removes the app: its data has to go. */
  onUninstall?(workspace: string): Promise<void>;
  /** Show running steps as a live plan where Slack grants it. Default: true. */
  streaming?: boolean;
  /** What one person may ask; default {@link perPerson}. */
  throttle?: typeof perPerson;
  /** After how long (ms) a slow answer is announced in its thread. */
  statusAfterMs?: number;
}

/** The platform and what only Slack has. */
export interface Slack extends Platform {
  /** Where it listens in HTTP mode. */
  port(): number | undefined;
  /** Resolves when everything that came in so far is answered. */
  settled(): Promise<void>;
}

/** How long (ms) `stop` waits for answers that are being given. */
const stopWithin = 4000;
/** How long (ms) it then waits until what was answered is marked so. */
const noteWithin = 1000;
/** Messages whose uploads are remembered between edits. */
const remembered = 500;

/** The Slack platform. `start` throws an Error in words for the host when Slack does not let it in. */
export function createSlack(options: SlackOptions): Slack {
  const { log } = options;
  const uploads = new LRUCache<string, Uploaded>({ max: remembered });
  let transport: Transport | undefined;
  let conversation: Conversation | undefined;
  let intake: Intake | undefined;

  const workspaceOf = async (place: Place): Promise<Workspace> => {
    if (!transport) throw new Error("Slack is not connected");
    return transport.workspaces.of(place.workspace);
  };

  function uploadsOf(ref: MessageRef): Uploaded {
    const key = `${ref.place.channel}/${ref.id}`;
    const found = uploads.get(key) ?? new Set();
    uploads.set(key, found);
    return found;
  }

  async function start(app: App): Promise<void> {
    transport = await openTransport(options);
    const { bolt, receiver, workspaces } = transport;
    const tickets = createTickets(options.inbox);
    const people = createPeople(new Set(options.tutors), log);
    conversation = createConversation({
      app,
      people,
      throttle: createThrottle(options.throttle),
      streaming: options.streaming ?? true,
      statusAfterMs: options.statusAfterMs ?? 600,
      tickets,
    });
    const ears: Ears = {
      app,
      conversation,
      workspaces,
      fresh: createSeen(),
      direct: createDirect(),
      async home(workspace, user, event) {
        const known = await people(workspace, user);
        const place = await ears.direct(workspace, user);
        await publishHome(workspace, user, { ...known, place, event }, app);
      },
      installed: async (workspace) => options.installations?.since(workspace),
      async onUninstall(workspace) {
        await options.installations?.remove(workspace);
        await options.onUninstall?.(workspace);
      },
    };
    listen(bolt, ears);
    listenToEvents(bolt, ears);
    bolt.error(async (error) => log.error("slack event not handled", { error }));
    intake = createIntake({
      receiver,
      bolt,
      inbox: options.inbox,
      tickets,
      answerWithinMs: options.answerWithinMs ?? 150,
      log,
    });
    await transport.open();
    intake.resume();
  }

  async function reach<T>(place: Place, work: (workspace: Workspace) => Promise<T>): Promise<T> {
    try {
      return await work(await workspaceOf(place));
    } catch (error) {
      throw translate(error);
    }
  }

  return {
    name: "slack",
    start,
    port: () => transport?.port(),
    health: () => transport?.health() ?? { state: "reconnecting" },
    settled: async () => intake?.settled(),
    post: (place, reply, given = {}) => reach(place, (workspace) => postReply(workspace, place, reply, given)),
    edit: (ref: MessageRef, reply: Reply) =>
      reach(ref.place, (workspace) => updateReply(workspace, ref, reply, uploadsOf(ref))),
    // A thread begins with its first answer; answers have none of their own.
    openThread: async (ref) => (ref.place.thread === undefined ? { ...ref.place, thread: ref.id } : ref.place),
    async stop() {
      intake?.rest();
      await conversation?.stop(stopWithin);
      await transport?.close();
      if (intake) await within(intake.settled(), noteWithin, undefined);
    },
  };
}

/** How many people's direct messages are remembered. */
const rememberedDirects = 5000;

/** The direct message with a person, opened once. */
function createDirect() {
  const known = new LRUCache<string, Promise<Place>>({ max: rememberedDirects });
  return (workspace: Workspace, user: string): Promise<Place> => {
    const key = `${workspace.id}/${user}`;
    const found = known.get(key);
    if (found) return found;
    const opened = persist(() => workspace.client.conversations.open({ users: user }), true).then(
      ({ channel }): Place => {
        if (!channel?.id) throw new Error("Slack opened no direct message");
        return { platform: "slack", workspace: workspace.id, channel: channel.id, direct: true };
      },
    );
    known.set(key, opened);
    opened.catch(() => known.delete(key));
    return opened;
  };
}
