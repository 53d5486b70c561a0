import type { Sink } from "../../../chat/deliver.ts";
import type { Place } from "../../../core/context.ts";
import type { Log } from "../../../core/log.ts";
import type { MessageRef } from "../../../core/platform.ts";
import type { Reply } from "../../../core/reply.ts";
import { type Drawing, render, renderAnew } from "../draw/render.ts";
import { type Ticket, takeUp } from "../intake/standing.ts";
import { persist, refusalOf } from "../transport/failures.ts";
import type { Workspace } from "../transport/workspaces.ts";
import { attach, postDrawing, type Uploaded, updateReply } from "./outgoing.ts";
import { type PlanStream, startPlan, stepsOf } from "./plan-stream.ts";
import type { Responder } from "./respond.ts";
import { say, sentences } from "./sentences.ts";

/** Where the answer to one event goes. */
export interface Route {
  workspace: Workspace;
  /** Slack's id of the person who asked. */
  user: string;
  /** Where it was said. */
  place: Place;
  /** The thread a public answer goes into; a new message without it. */
  thread?: string;
  /** Only the asker sees the answer, unless the reply is for the channel. */
  private: boolean;
  responder?: Responder;
  /** The pressed message that a continued flow replaces: its time stamp, or `ephemeral`. */
  replaces?: string;
  /** For what must survive the process: how a later one finds the answer. */
  ticket?: Ticket;
  /** Whether a live plan may be tried. */
  streaming: boolean;
  log: Log;
}

/** The sink for one answer; `finish` is called when the last reply is known. */
export interface Answer extends Sink {
  finish(): Promise<void>;
}

type Message = { kind: "message"; ref: MessageRef; uploaded: Uploaded; plan?: PlanStream; last: Reply };
type Shown = Message | { kind: "asker" } | { kind: "left" };

/** Sends an answer where it belongs: a thread, a direct message, or to the asker alone. */
export function answerTo(route: Route): Answer {
  const { workspace, place, log } = route;
  const target: Place = { ...place, ...(route.thread !== undefined && { thread: route.thread }) };
  let shown: Shown | undefined;
  let pointed = false;
  let begun = route.ticket?.begun;

  const note = ({ ref, uploaded, plan }: Message) =>
    void route.ticket?.note({ ref, uploaded: [...uploaded], ...(plan && { plan: true }) });

  const isPublic = (reply: Reply) =>
    place.direct === true || reply.audience === "channel" || (reply.audience === undefined && !route.private);

  async function send(reply: Reply): Promise<void> {
    if (route.replaces !== undefined && continues(reply) && (await replace(reply))) return;
    shown = isPublic(reply) ? await sendPublic(reply, target) : await sendPrivate(reply);
  }

  async function replace(reply: Reply): Promise<boolean> {
    const drawing = render(reply);
    if (drawing.attachments.length > 0 && !place.direct) return false;
    try {
      if (route.replaces === "ephemeral") {
        if (!route.responder?.usable()) return false;
        await route.responder.send(drawing, { to: "asker", replace: true });
        shown = { kind: "asker" };
        return true;
      }
      const ref = { place: target, id: route.replaces ?? "" };
      const uploaded: Uploaded = new Set();
      await updateReply(workspace, ref, reply, uploaded);
      shown = { kind: "message", ref, uploaded, last: reply };
      return true;
    } catch (error) {
      log.debug("slack replace failed", { error: String(error) });
      return false;
    }
  }

  async function sendPublic(reply: Reply, to: Place): Promise<Shown> {
    if (begun && route.ticket) {
      begun = undefined;
      const found = await takeUp(workspace, to, reply, route.ticket, log);
      if (found) return { kind: "message", ...found, last: reply };
    }
    const plan = await tryPlan(reply, to);
    if (plan) {
      const message: Message = {
        kind: "message",
        ref: { place: to, id: plan.ts },
        uploaded: new Set(),
        plan,
        last: reply,
      };
      note(message);
      return message;
    }
    const drawing = render(reply);
    try {
      const key = route.ticket?.key;
      const id = await postDrawing(workspace, to, drawing, { insist: true, ...(key !== undefined && { key }) });
      const message: Message = { kind: "message", ref: { place: to, id }, uploaded: new Set(), last: reply };
      note(message);
      await attached({ ...to, thread: to.thread ?? id }, drawing, message);
      return message;
    } catch (error) {
      // A channel the app is not in: Slack still takes answers to a command there.
      const outside = ["not_in_channel", "channel_not_found"].includes(refusalOf(error) ?? "");
      if (!outside || !route.responder?.usable()) throw error;
      await route.responder.send(drawing, {
        to: "channel",
        ...(target.thread !== undefined && { thread: target.thread }),
      });
      return { kind: "asker" };
    }
  }

  async function attached(to: Place, { attachments }: Drawing, message: Message): Promise<void> {
    const before = message.uploaded.size;
    await attach(workspace, to, attachments, message.uploaded);
    if (message.uploaded.size > before) note(message);
  }

  async function tryPlan(reply: Reply, to: Place): Promise<PlanStream | undefined> {
    const running = stepsOf(reply).some(({ state }) => state === "running" || state === "waiting");
    if (!running || !route.streaming || to.thread === undefined || workspace.refused.has("streaming")) return undefined;
    try {
      return await startPlan(workspace, { ...to, thread: to.thread }, route.user, reply);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== undefined) workspace.refused.add("streaming");
      log.debug("slack streaming refused", { refusal: refusal ?? String(error) });
      return undefined;
    }
  }

  async function sendPrivate(reply: Reply): Promise<Shown> {
    const drawing = render(reply);
    if (drawing.attachments.length > 0) return sendDirect(reply);
    if (await tell(drawing)) return { kind: "asker" };
    return sendDirect(reply);
  }

  /** Shows something to the asker alone, where they are. */
  async function tell(drawing: Pick<Drawing, "text" | "blocks">): Promise<boolean> {
    const { thread } = place;
    try {
      if (route.responder?.usable()) {
        await route.responder.send(drawing, { to: "asker", ...(thread !== undefined && { thread }) });
        return true;
      }
    } catch (error) {
      log.debug("slack response_url failed", { error: String(error) });
    }
    try {
      await persist(
        () =>
          workspace.client.chat.postEphemeral({
            channel: place.channel,
            user: route.user,
            text: drawing.text,
            blocks: drawing.blocks,
            // An ephemeral message shows only in a thread that has begun.
            ...(thread !== undefined && { thread_ts: thread }),
          }),
        true,
      );
      return true;
    } catch (error) {
      log.debug("slack ephemeral refused", { refusal: refusalOf(error) ?? String(error) });
      return false;
    }
  }

  /** Private answers that change or have files go to the direct message, where they stay. */
  async function sendDirect(reply: Reply): Promise<Shown> {
    const opened = await persist(() => workspace.client.conversations.open({ users: route.user }), true);
    const channel = opened.channel?.id;
    if (!channel) throw new Error("Slack opened no direct message");
    const sent = await sendPublic(reply, {
      platform: place.platform,
      workspace: place.workspace,
      channel,
      direct: true,
    });
    if (!pointed && channel !== place.channel) {
      pointed = true;
      await tell(render(say(sentences.inDirect)));
    }
    return sent;
  }

  async function edit(reply: Reply): Promise<void> {
    if (!shown) return send(reply);
    if (shown.kind === "left") return void (await sendPrivate(reply));
    if (shown.kind === "asker") {
      shown = await sendDirect(reply);
      return;
    }
    if (reply.audience === "asker" && !shown.ref.place.direct) {
      await show({ ...say(sentences.elsewhere), audience: "channel" }, shown);
      shown = { kind: "left" };
      await sendPrivate(reply);
      return;
    }
    await show(reply, shown);
  }

  async function show(reply: Reply, message: Message): Promise<void> {
    message.last = reply;
    if (message.plan) {
      try {
        return await message.plan.append(reply);
      } catch (error) {
        // Slack ends a stream that rests for long; the same message is edited from here on.
        log.debug("slack stream ended early", { error: String(error) });
        delete message.plan;
      }
    }
    await updateReply(workspace, message.ref, reply, message.uploaded);
  }

  async function finish(): Promise<void> {
    if (shown?.kind !== "message" || !shown.plan) return;
    const { plan, ref, last, uploaded } = shown;
    const rest = renderAnew(last, { underPlan: true });
    try {
      await plan.stop(last, rest);
      await attached(ref.place, rest, shown);
    } catch (error) {
      log.debug("slack stream not ended", { error: String(error) });
      await updateReply(workspace, ref, last, uploaded);
    }
  }

  return { send, edit, finish };
}

/** A reply with controls goes on with what was there; one without stands beside it. */
const continues = (reply: Reply) =>
  reply.audience !== "channel" && reply.blocks.some((block) => block.kind === "controls");
