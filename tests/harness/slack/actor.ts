import type { ApiServer } from "./api.ts";
import type { Delivery } from "./delivery.ts";
import type { Manifest } from "./manifest.ts";
import {
  addMessage,
  directChannel,
  type Json,
  type SlackChannel,
  type SlackMessage,
  type SlackTeam,
  type World,
} from "./world.ts";

/** What drivers share. */
export interface Stage {
  world: World;
  api: ApiServer;
  delivery: Delivery;
  manifest: Manifest;
  triggerMs: number;
  responseUrlMs: number;
}

/** A control somebody could press: where it stands and what it is. */
interface Found {
  block: Json;
  element: Json;
}

/** Does what a person can do in Slack, and refuses what Slack's clients would not offer. */
export function actAs(stage: Stage, team: SlackTeam, user: string) {
  const { world, api, delivery, manifest } = stage;
  const person = team.users.get(user);
  if (!person) throw new Error(`nobody has the id ${user}`);
  const identity = { id: user, name: person.name, username: person.name, team_id: team.id };
  const base = {
    api_app_id: "A0TUTOR",
    team: { id: team.id, domain: team.name },
    enterprise: null,
    is_enterprise_install: false,
    token: "old",
  };

  const trigger = (): string => {
    const id = `${world.id("")}.${team.id}.${world.id("x")}`;
    api.triggers.set(id, { user, team: team.id, until: world.now() + stage.triggerMs, used: false });
    return id;
  };
  const responseUrl = (channel: string, source?: SlackMessage): string => {
    const id = world.id("R");
    api.responses.set(id, {
      team,
      user,
      channel,
      uses: 0,
      until: world.now() + stage.responseUrlMs,
      ...(source && { source }),
    });
    return `http://127.0.0.1:${api.port}/response/${id}`;
  };

  async function event(inner: Json, id = world.id("Ev")): Promise<void> {
    const type = inner.type === "message" ? "message.im" : String(inner.type);
    if (!manifest.events.includes(type)) throw new Error(`the app is not subscribed to ${type}`);
    await delivery.send("events_api", {
      ...{
        token: "old",
        team_id: team.id,
        api_app_id: "A0TUTOR",
        type: "event_callback",
        event_id: id,
        event_time: Math.floor(world.now() / 1000),
      },
      authorizations: [
        { enterprise_id: null, team_id: team.id, user_id: team.botUser, is_bot: true, is_enterprise_install: false },
      ],
      event: { event_ts: inner.ts ?? world.ts(), ...inner },
    }).acked;
  }

  function inside(id: string): SlackChannel {
    const channel = team.channels.get(id);
    if (!channel?.members.has(user)) throw new Error(`${person?.name} is not in ${id}`);
    return channel;
  }

  const mine = (message: SlackMessage) =>
    !message.deleted && (message.onlyFor === undefined || message.onlyFor === user);

  /** Says something that mentions the app; the app hears of it when it is in the channel. */
  async function mention(
    channelId: string,
    text: string,
    more: { thread?: string; eventId?: string; alsoAsMessage?: boolean } = {},
  ): Promise<SlackMessage> {
    const channel = inside(channelId);
    const said = addMessage(world, channel, {
      user,
      text: `<@${team.botUser}> ${text}`,
      ...(more.thread !== undefined && { thread: more.thread }),
    });
    if (!channel.members.has(team.botUser)) return said;
    const inner = {
      user,
      text: said.text,
      ts: said.ts,
      channel: channelId,
      team: team.id,
      ...(more.thread !== undefined && { thread_ts: more.thread }),
    };
    await event({ type: "app_mention", ...inner }, more.eventId);
    return said;
  }

  /** Writes to the app directly. */
  async function dm(
    text: string,
    more: { thread?: string; subtype?: string; botId?: string; eventId?: string } = {},
  ): Promise<SlackMessage> {
    const channel = directChannel(world, team, user);
    const said = addMessage(world, channel, { user, text, ...(more.thread !== undefined && { thread: more.thread }) });
    await event(
      {
        type: "message",
        channel_type: "im",
        user,
        text,
        ts: said.ts,
        channel: channel.id,
        ...(more.thread !== undefined && { thread_ts: more.thread }),
        ...(more.subtype !== undefined && { subtype: more.subtype }),
        ...(more.botId !== undefined && { bot_id: more.botId }),
      },
      more.eventId,
    );
    return said;
  }

  /** Types `/tutor …` in a channel; Slack has no slash commands in threads. */
  async function slash(channelId: string, text: string, command = "/tutor"): Promise<void> {
    if (!manifest.commands.includes(command)) throw new Error(`${command} is not registered`);
    const channel = channelId.startsWith("D") ? directChannel(world, team, user) : inside(channelId);
    await delivery.send("slash_commands", {
      ...{
        token: "old",
        team_id: team.id,
        team_domain: team.name,
        api_app_id: "A0TUTOR",
        is_enterprise_install: "false",
      },
      ...{ channel_id: channel.id, channel_name: channel.name, user_id: user, user_name: person?.name ?? "" },
      ...{ command, text, response_url: responseUrl(channel.id), trigger_id: trigger() },
    }).acked;
  }

  async function interact(payload: Json): Promise<Json | undefined> {
    return delivery.send("interactive", { ...base, user: identity, ...payload }).acked;
  }

  async function messageShortcut(callback: string, message: SlackMessage): Promise<void> {
    if (!manifest.shortcuts.some(({ id, type }) => id === callback && type === "message"))
      throw new Error(`there is no message shortcut ${callback}`);
    const channel = inside(message.channel);
    if (!mine(message)) throw new Error("that message cannot be seen");
    await interact({
      type: "message_action",
      callback_id: callback,
      trigger_id: trigger(),
      response_url: responseUrl(channel.id),
      message_ts: message.ts,
      channel: { id: channel.id, name: channel.name },
      message: {
        type: "message",
        user: message.user,
        text: message.text,
        ts: message.ts,
        ...(message.thread !== undefined && { thread_ts: message.thread }),
      },
    });
  }

  async function globalShortcut(callback: string): Promise<void> {
    if (!manifest.shortcuts.some(({ id, type }) => id === callback && type === "global"))
      throw new Error(`there is no global shortcut ${callback}`);
    await interact({ type: "shortcut", callback_id: callback, trigger_id: trigger(), action_ts: world.ts() });
  }

  function find(blocks: Json[], label: string, where: string): Found {
    for (const block of blocks) {
      for (const element of (block.elements as Json[] | undefined) ?? []) {
        const shown = ((element.text ?? element.placeholder) as Json | undefined)?.text;
        if (block.type === "actions" && shown === label) return { block, element };
      }
    }
    throw new Error(`there is no control "${label}" in ${where}; there are: ${labels(blocks).join(", ")}`);
  }

  async function act(message: SlackMessage | undefined, found: Found, extra: Json): Promise<void> {
    const action = {
      ...extra,
      action_id: found.element.action_id,
      block_id: found.block.block_id ?? world.id("b"),
      type: found.element.type,
      action_ts: world.ts(),
    };
    if (!message) {
      const view = { ...team.homes.get(user), id: "VHOME", team_id: team.id };
      await interact({
        type: "block_actions",
        trigger_id: trigger(),
        container: { type: "view", view_id: "VHOME" },
        view,
        actions: [action],
      });
      return;
    }
    const channel = inside(message.channel);
    await interact({
      type: "block_actions",
      trigger_id: trigger(),
      response_url: responseUrl(channel.id, message),
      channel: { id: channel.id, name: channel.name },
      container: {
        type: "message",
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: message.onlyFor !== undefined,
        ...(message.thread !== undefined && { thread_ts: message.thread }),
      },
      ...(message.onlyFor === undefined && {
        message: {
          type: "message",
          user: message.user,
          bot_id: team.botId,
          ts: message.ts,
          text: message.text,
          ...(message.thread !== undefined && { thread_ts: message.thread }),
        },
      }),
      actions: [action],
    });
  }

  /** Presses a button of a message by its label. */
  async function press(message: SlackMessage, label: string): Promise<void> {
    if (!mine(message)) throw new Error(`${person?.name} does not see that message`);
    const found = find(message.blocks, label, `"${message.text.slice(0, 80)}"`);
    if (found.element.type !== "button") throw new Error(`"${label}" is no button`);
    await act(message, found, {
      text: found.element.text,
      ...(found.element.value !== undefined && { value: found.element.value }),
    });
  }

  /** Chooses in a select by its placeholder and the option's label. */
  async function choose(message: SlackMessage, placeholder: string, label: string): Promise<void> {
    if (!mine(message)) throw new Error(`${person?.name} does not see that message`);
    const found = find(message.blocks, placeholder, "the message");
    const option = ((found.element.options as Json[] | undefined) ?? []).find(
      (one) => (one.text as Json).text === label,
    );
    if (!option) throw new Error(`the select has no option "${label}"`);
    await act(message, found, { selected_option: option, placeholder: found.element.placeholder });
  }

  /** Fills the open modal's one input and sends it. */
  async function submit(value: string): Promise<Json | undefined> {
    const view = team.modals.get(user);
    if (!view) throw new Error("no modal is open");
    const input = (view.blocks as Json[]).find((block) => block.type === "input");
    const element = input?.element as Json;
    if (!value && !input?.optional) throw new Error("the field is required");
    if (value.length > Number(element.max_length ?? 3000))
      throw new Error(`the field takes ${String(element.max_length ?? 3000)} characters`);
    if (!element.multiline && value.includes("\n")) throw new Error("the field takes one line");
    team.modals.delete(user);
    const state = {
      values: {
        [String(input?.block_id)]: { [String(element.action_id)]: { type: "plain_text_input", value: value || null } },
      },
    };
    return interact({
      type: "view_submission",
      trigger_id: trigger(),
      view: { ...view, state, team_id: team.id, app_installed_team_id: team.id },
      response_urls: [],
    });
  }

  return {
    id: user,
    event,
    mention,
    dm,
    slash,
    messageShortcut,
    globalShortcut,
    press,
    choose,
    submit,
    interact,
    trigger,
    responseUrl,
    modal: () => team.modals.get(user),
    closeModal: () => void team.modals.delete(user),
    openHome: () => event({ type: "app_home_opened", user, channel: directChannel(world, team, user).id, tab: "home" }),
    openMessages: () =>
      event({ type: "app_home_opened", user, channel: directChannel(world, team, user).id, tab: "messages" }),
    home: () => team.homes.get(user),
    pressHome: (label: string) =>
      act(undefined, find((team.homes.get(user)?.blocks as Json[] | undefined) ?? [], label, "the home tab"), {
        value: find((team.homes.get(user)?.blocks as Json[] | undefined) ?? [], label, "the home tab").element.value,
      }),
    direct: () => directChannel(world, team, user),
    /** The app's messages this person sees in a channel, oldest first. */
    sees: (channelId: string) =>
      (team.channels.get(channelId)?.messages ?? []).filter((one) => mine(one) && one.user === team.botUser),
  };
}

export type Actor = ReturnType<typeof actAs>;

/** Every label of a message's controls. */
export function labels(blocks: readonly Json[]): string[] {
  return blocks.flatMap((block) =>
    block.type === "actions"
      ? ((block.elements as Json[]) ?? []).map((element) =>
          String(((element.text ?? element.placeholder) as Json | undefined)?.text),
        )
      : [],
  );
}

/** All words a message shows, one line a block. */
export function wordsOf(blocks: readonly Json[]): string {
  const words = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(words).join("");
    if (typeof value !== "object" || value === null) return "";
    const { text, elements, fields, fallback, alt_text: alt } = value as Json;
    return [
      typeof text === "string" ? text : words(text),
      words(elements),
      words(fields),
      typeof fallback === "string" ? fallback : "",
      typeof alt === "string" ? alt : "",
    ].join("");
  };
  return readMrkdwn(blocks.map(words).join("\n"));
}

/** Mrkdwn as a reader sees it: no formatting signs, entities resolved, links and dates by their label. */
export function readMrkdwn(text: string): string {
  return text
    .replace(/<(?:https?:|!date\^)[^<>|]*\|([^<>]*)>/g, "$1")
    .replace(/<(https?:[^<>|]*)>/g, "$1")
    .replace(/(?<![\p{L}\p{N}])([*_])(?=[^\s\u2060])([^*_\n]*[^*_\s])\1(?![\p{L}\p{N}])/gu, "$2")
    .replaceAll("\u2060", "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
