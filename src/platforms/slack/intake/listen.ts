import type { App as Bolt } from "@slack/bolt";
import type { Caller, Place } from "../../../core/context.ts";
import type { App } from "../../../core/platform.ts";
import type { Press } from "../../../core/reply.ts";
import { modalFor, type Origin, readSubmission } from "../draw/modal.ts";
import type { Conversation, Request } from "../talk/conversation.ts";
import { createResponder } from "../talk/respond.ts";
import { say, sentences } from "../talk/sentences.ts";
import { refusalOf } from "../transport/failures.ts";
import type { Workspace, Workspaces } from "../transport/workspaces.ts";
import { readAction } from "./action.ts";
import { readSaid, readWords } from "./read.ts";
import { type Shortcut, shortcuts } from "./shortcuts.ts";
import { type Body, eventKey } from "./told.ts";

/** What the listeners work with. */
export interface Ears {
  app: App;
  conversation: Conversation;
  workspaces: Workspaces;
  /** Whether none of these events was heard before. */
  fresh(...keys: string[]): boolean;
  /** The direct message with a person. */
  direct(workspace: Workspace, user: string): Promise<Place>;
  /** Draws a person's home tab. */
  home(workspace: Workspace, user: string, event: string): Promise<void>;
  /** When a workspace installed the app, in ms since the epoch; undefined when that is not known. */
  installed(workspace: string): Promise<number | undefined>;
  /** Deletes what is kept of a workspace. */
  onUninstall(workspace: string): Promise<void>;
}

/** What every interaction carries, as far as it is used here. */
interface Interaction {
  team?: { id: string } | null;
  user: { id: string; team_id?: string | undefined; name?: string | undefined; username?: string | undefined };
  trigger_id?: string;
  response_url?: string;
  channel?: { id: string };
  message?: { ts?: string; thread_ts?: string; text?: string };
  container?: { type?: string; message_ts?: string; thread_ts?: string; is_ephemeral?: boolean };
}

/** Registers the command, the shortcuts, the controls and the forms. Everything was acknowledged before it comes here. */
export function listen(bolt: Bolt, ears: Ears): void {
  const { app, conversation, workspaces, direct, fresh } = ears;

  bolt.command(/.*/s, async ({ command }) => {
    const event = eventKey(command as unknown as Body);
    if (!fresh(event)) return;
    const workspace = await workspaces.of(command.team_id);
    const place = await placeOf(workspace, command.user_id, command.channel_id);
    const request: Request = {
      ...{ workspace, user: command.user_id, name: command.user_name, place, event, private: true },
      responder: createResponder(command.response_url),
    };
    await conversation.run(request, readSaid(command.text, app.commands) ?? { command: "help", options: {} });
  });

  bolt.shortcut(/.*/s, async ({ shortcut: given }) => {
    const shortcut = shortcuts.find(({ id }) => id === given.callback_id);
    const event = eventKey(given as unknown as Body);
    if (!fresh(event)) return;
    const body = given as unknown as Interaction;
    const workspace = await workspaces.of(body.team?.id ?? body.user.team_id ?? "");
    if (shortcut?.type === "message" && given.type === "message_action") {
      const request = await requestOf(workspace, body, event, { private: true });
      await conversation.run(request, (caller) =>
        pressFor(shortcut, readWords(body.message?.text ?? "", workspace.botUser), caller),
      );
      return;
    }
    const place = await direct(workspace, body.user.id);
    const request: Request = { workspace, user: body.user.id, ...nameOf(body), place, event, private: false };
    if (shortcut?.type === "global") await conversation.run(request, shortcut.press);
    else await conversation.tell(request, say(sentences.oldControl));
  });

  bolt.action(/.*/s, async ({ action, body: given }) => {
    const body = given as unknown as Interaction;
    const pressed = readAction(action as unknown as Parameters<typeof readAction>[0]);
    const event = eventKey(given as unknown as Body);
    if (pressed.kind === "link" || !fresh(event)) return;
    const workspace = await workspaces.of(body.team?.id ?? body.user.team_id ?? "");
    if (pressed.kind === "ask") {
      await openForm(workspace, body, pressed.asking, String((action as { value?: string }).value));
      return;
    }
    const ephemeral = body.container?.is_ephemeral === true;
    const request = await requestOf(workspace, body, event, { private: ephemeral });
    if (pressed.kind === "unknown") return conversation.tell(request, say(sentences.oldControl));
    const replaces = replacedBy(pressed.press, body, request.place);
    const message = body.container?.message_ts;
    await conversation.run(
      {
        ...request,
        ...(replaces !== undefined && { replaces }),
        ...(message !== undefined && { pressed: `${request.place.channel}:${message}` }),
      },
      pressed.press,
    );
    if (body.container?.type === "view") await ears.home(workspace, body.user.id, `${event}:home`);
  });

  bolt.view(/.*/s, async ({ body: given, view }) => {
    const event = eventKey(given as unknown as Body);
    if (!fresh(event)) return;
    const body = given as unknown as Interaction;
    const workspace = await workspaces.of(body.team?.id ?? body.user.team_id ?? "");
    const sent = readSubmission(view as unknown as Parameters<typeof readSubmission>[0]);
    const who = { workspace, user: body.user.id, ...nameOf(body), event };
    if (!sent) {
      const place = await direct(workspace, body.user.id);
      return conversation.tell({ ...who, place, private: false }, say(sentences.oldControl));
    }
    const { origin, asking } = sent;
    const place: Place = origin.channel
      ? {
          platform: "slack",
          workspace: workspace.id,
          channel: origin.channel,
          ...(origin.thread !== undefined && { thread: origin.thread }),
          ...(origin.direct && { direct: true }),
        }
      : await direct(workspace, body.user.id);
    const request: Request = {
      ...who,
      place,
      ...(place.thread !== undefined && { thread: place.thread }),
      private: origin.private,
      ...(origin.responseUrl !== undefined && { responder: createResponder(origin.responseUrl) }),
    };
    await conversation.run(request, {
      ...asking.press,
      options: { ...asking.press.options, [asking.fills]: sent.text },
    });
  });

  /** The trigger lives three seconds, so the form is opened before anything else. */
  async function openForm(
    workspace: Workspace,
    body: Interaction,
    asking: Parameters<typeof modalFor>[0],
    value: string,
  ): Promise<void> {
    const channel = body.channel?.id ?? "";
    const thread = threadOf(body);
    const origin: Origin = {
      channel,
      direct: channel.startsWith("D"),
      private: body.container?.is_ephemeral === true,
      ...(thread !== undefined && { thread }),
      ...(body.response_url !== undefined && { responseUrl: body.response_url }),
    };
    try {
      await workspace.client.views.open({ trigger_id: body.trigger_id ?? "", view: modalFor(asking, value, origin) });
    } catch (error) {
      app.log.warn("slack form not opened", { refusal: refusalOf(error) ?? String(error) });
      const request = await requestOf(workspace, body, `slack:form:${body.trigger_id}`, { private: true });
      await conversation.tell(request, say(sentences.noModal));
    }
  }

  async function requestOf(
    workspace: Workspace,
    body: Interaction,
    event: string,
    more: { private: boolean },
  ): Promise<Request> {
    const user = body.user.id;
    const thread = threadOf(body);
    const place = body.channel
      ? { ...(await placeOf(workspace, user, body.channel.id)), ...(thread !== undefined && { thread }) }
      : await direct(workspace, user);
    return {
      ...{ workspace, user, ...nameOf(body), place, event, private: more.private },
      // A public answer to a press stands in the thread of the pressed message.
      ...(body.channel && { thread: thread ?? body.message?.ts ?? body.container?.message_ts }),
      ...(body.response_url !== undefined && { responder: createResponder(body.response_url) }),
    } as Request;
  }

  async function placeOf(workspace: Workspace, user: string, channel: string): Promise<Place> {
    const place: Place = { platform: "slack", workspace: workspace.id, channel };
    if (!channel.startsWith("D")) return place;
    // A command can be typed in the direct messages of two people, too; the app is not in those.
    const own = await direct(workspace, user).catch(() => undefined);
    return own?.channel === channel ? own : place;
  }

  async function pressFor(
    shortcut: Extract<Shortcut, { type: "message" }>,
    words: string,
    caller: Caller,
  ): Promise<Press> {
    const { command, option, through } = shortcut;
    if (!through) return { command, options: { [option]: words } };
    const offered = await app.complete(through.command, through.option, words, caller);
    const own = await Promise.all(
      offered
        .slice(0, 5)
        .map(async (choice) =>
          (await app.complete(command, option, choice.value, caller)).some(({ value }) => value === choice.value)
            ? choice
            : undefined,
        ),
    );
    const best = own.find((choice) => choice !== undefined);
    return { command, options: best ? { [option]: best.value } : {} };
  }

  /** Which message a press continues: a flow whose commands only its controls know is one message that changes. */
  function replacedBy(press: Press, body: Interaction, place: Place): string | undefined {
    if (!app.commands.find(({ name }) => name === press.command)?.hidden) return undefined;
    if (body.container?.is_ephemeral) return "ephemeral";
    return place.direct && body.channel ? body.message?.ts : undefined;
  }
}

const nameOf = ({ user }: Interaction) => {
  const name = user.name ?? user.username;
  return name === undefined ? {} : { name };
};

const threadOf = ({ message, container }: Interaction) => message?.thread_ts ?? container?.thread_ts;
