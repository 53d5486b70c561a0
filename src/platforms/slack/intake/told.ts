import type { Told } from "../../../core/inbox.ts";
import { limits } from "../limits.ts";
import { readAction } from "./action.ts";

/** What Slack sends, as far as it is read before the client library takes over. */
export interface Body {
  type?: string;
  command?: string;
  callback_id?: string;
  event_id?: string;
  trigger_id?: string;
  team_id?: string;
  team?: { id?: string } | null;
  user?: { team_id?: string };
  event?: HeardEvent & { type?: string; channel?: string; ts?: string };
  actions?: { action_ts?: string; action_id?: unknown; value?: unknown; selected_option?: unknown }[];
  view?: { id?: string };
  message?: { ts?: string; thread_ts?: string; text?: string };
}

/** Something said in a channel or to the app. */
interface HeardEvent {
  type?: string;
  user?: string | undefined;
  bot_id?: string | undefined;
  subtype?: string | undefined;
  channel_type?: string | undefined;
  edited?: unknown;
}

/** Whether a person said it to the app: a mention, or a direct message. */
export function isSaid(event: HeardEvent): boolean {
  if (event.user === undefined || event.bot_id !== undefined || event.edited !== undefined) return false;
  if (event.type === "app_mention") return true;
  return event.channel_type === "im" && (event.subtype === undefined || event.subtype === "file_share");
}

const farewells = new Set(["app_uninstalled", "tokens_revoked", "team_access_revoked"]);

/** One name for what happened, however often and under however many ids Slack delivers it. */
export function eventKey(body: Body): string {
  const { event } = body;
  // A message that mentions the app can arrive as two events.
  if (event && isSaid(event)) return `slack:message:${body.team_id}:${event.channel}:${event.ts}`;
  if (event) return `slack:event:${body.event_id}`;
  if (body.command !== undefined) return `slack:command:${body.trigger_id}`;
  if (body.type === "view_submission") return `slack:view:${body.view?.id}`;
  if (body.type === "block_actions") return `slack:action:${body.trigger_id ?? body.actions?.[0]?.action_ts}`;
  return `slack:shortcut:${body.trigger_id}`;
}

/** Where it happened, as Slack names it. */
export const workspaceOf = (body: Body): string | undefined => body.team_id ?? body.team?.id ?? body.user?.team_id;

/** How long (ms) something said, and the removal of the app, are still worth doing. */
const worth = { said: 24 * 3_600_000, farewell: 30 * 24 * 3_600_000 };

/**
 * What must survive a crash until it is answered; undefined for what only draws something or opens a form, which a later process cannot do.
 * The verification token and what the pressed message says are left out. A response_url stays in it, for as long as it works.
 */
export function readTold(body: Body): Told | undefined {
  const worthMs = worthOf(body);
  const workspace = workspaceOf(body);
  if (worthMs === undefined || workspace === undefined) return undefined;
  const { message, view, ...rest } = body;
  const kept = {
    ...rest,
    token: undefined,
    ...(message && { message: { ts: message.ts, thread_ts: message.thread_ts, text: textOf(body) } }),
    ...(view && { view: { ...view, blocks: undefined } }),
  };
  return { platform: "slack", key: eventKey(body), workspace, body: JSON.stringify(kept), worthMs };
}

/** The text of the message on which somebody chose a menu entry; that of a pressed one is the bot's own. */
const textOf = ({ type, message }: Body) => (type === "message_action" ? message?.text : undefined);

function worthOf(body: Body): number | undefined {
  const { event } = body;
  if (isFarewell(body)) return worth.farewell;
  if (event) return isSaid(event) ? worth.said : undefined;
  if (body.type === "block_actions" && readAction(body.actions?.[0] ?? {}).kind !== "press") return undefined;
  return limits.responseMs;
}

/** Whether the app is removed: everything of that workspace goes. */
export const isFarewell = ({ event }: Body): boolean => farewells.has(event?.type ?? "");

/** Whether Slack sends it again when it is not acknowledged. */
export const comesAgain = (body: Body): boolean => body.event !== undefined;
