import type { ApiServer } from "./api.ts";
import { createControls } from "./controls.ts";
import type { Delivery } from "./delivery.ts";
import type { Manifest } from "./manifest.ts";
import { createTickets } from "./tickets.ts";
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

/** Does what a person can do in Slack, and refuses what Slack's clients would not offer. */
export function actAs(stage: Stage, team: SlackTeam, user: string) {
  const { world, delivery, manifest } = stage;
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

  const { trigger, responseUrl } = createTickets(stage, team, user);

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

  const { press, choose, submit, pressHome } = createControls({
    world,
    team,
    user,
    mine,
    inside,
    interact,
    trigger,
    responseUrl,
  });

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
    pressHome,
    direct: () => directChannel(world, team, user),
    /** The app's messages this person sees in a channel, oldest first. */
    sees: (channelId: string) =>
      (team.channels.get(channelId)?.messages ?? []).filter((one) => mine(one) && one.user === team.botUser),
  };
}

export type Actor = ReturnType<typeof actAs>;
