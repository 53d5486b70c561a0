import { checkAnswer } from "./check.ts";
import type { Composing } from "./composing.ts";
import { bits, botPermissions } from "./permissions.ts";
import { refusals } from "./refusal.ts";
import type { Route } from "./rest.ts";
import { channelJson, messageJson, userJson } from "./wire.ts";
import type { Channel, Message, World } from "./world.ts";

export interface BotRouteParts {
  world: World;
  composing: Composing;
  problem(said: string): void;
  publish(message: Message, event: "MESSAGE_CREATE" | "MESSAGE_UPDATE"): void;
  dispatch(event: string, data: unknown, guild?: string): void;
  gatewayUrl(): string;
}

/** A registered application command, as it was sent, and where it counts. */
export interface Registered {
  id: string;
  guild?: string;
  body: {
    type?: number;
    name: string;
    options?: RegisteredOption[];
    contexts?: number[];
    integration_types?: number[];
    [key: string]: unknown;
  };
}

export interface RegisteredOption {
  type: number;
  name: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string | number }[];
  options?: RegisteredOption[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
}

/** What a bot does with its own token: commands, channels, messages, threads. */
export function createBotRoutes(parts: BotRouteParts) {
  const { world, composing, problem, publish, dispatch } = parts;
  const commands: Registered[] = [];
  const writes = { commands: 0 };

  const channelOf = (id: string, needed: bigint): Channel => {
    const channel = world.channels.get(id);
    if (!channel) throw refusals.unknownChannel();
    if (channel.guild && !channel.guild.hosted) throw refusals.access();
    if (channel.users && !channel.users.includes(world.bot)) throw refusals.access();
    const may = world.permissionsOf(world.bot, channel);
    if (!(may & bits.view)) throw refusals.access();
    if (needed & ~may) throw refusals.permissions();
    return channel;
  };
  const sendBit = ({ id }: { id: string }) => (world.channels.get(id)?.type === 11 ? bits.sendInThreads : bits.send);
  const ownMessage = (channel: Channel, id: string): Message => {
    const message = world.messages.get(id);
    if (!message || message.channel !== channel || message.onlyFor) throw refusals.unknownMessage();
    return message;
  };
  const json = (message: Message) => {
    const answer = messageJson(message, world);
    for (const said of checkAnswer("MessageResponseSchema", answer)) problem(`the fake's own answer: ${said}`);
    return answer;
  };

  function replaceCommands(guild: string | undefined, body: unknown): unknown {
    const list = body as Registered["body"][];
    composing.refuse("commands", commandRules(list, guild));
    for (const one of list) composing.schema("commands", "ApplicationCommandUpdateRequestSchema", one);
    if (guild !== undefined && !world.guilds.has(guild)) throw refusals.access();
    writes.commands++;
    const kept = commands.filter((one) => one.guild !== guild);
    commands.splice(
      0,
      commands.length,
      ...kept,
      ...list.map((one) => ({ id: world.newId(), ...(guild !== undefined && { guild }), body: one })),
    );
    return listCommands(guild);
  }

  const listCommands = (guild: string | undefined) =>
    commands
      .filter((one) => one.guild === guild)
      .map(({ id, body }) => ({
        id,
        application_id: world.applicationId,
        version: id,
        default_member_permissions: null,
        description: "",
        nsfw: false,
        dm_permission: true,
        ...(guild === undefined ? { contexts: null, integration_types: [0] } : { guild_id: guild }),
        ...body,
      }));

  const routes: Route[] = [
    {
      method: "GET",
      path: "/gateway/bot",
      handle: () => ({
        url: parts.gatewayUrl(),
        shards: 1,
        session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
      }),
    },
    { method: "GET", path: "/users/@me", handle: () => userJson(world.bot) },
    {
      method: "GET",
      path: "/users/@me/guilds",
      handle: () =>
        [...world.guilds.values()]
          .filter(({ hosted }) => hosted)
          .map((guild) => ({
            id: guild.id,
            name: guild.name,
            icon: null,
            banner: null,
            owner: false,
            permissions: String(guild.members.get(world.bot.id) ?? botPermissions),
            features: [],
          })),
    },
    {
      method: "GET",
      path: "/applications/@me",
      handle: () => ({ id: world.applicationId, name: world.bot.name, bot: userJson(world.bot), ...world.application }),
    },
    { method: "GET", path: "/applications/:app/commands", handle: () => listCommands(undefined) },
    { method: "PUT", path: "/applications/:app/commands", handle: ({ body }) => replaceCommands(undefined, body) },
    { method: "GET", path: "/applications/:app/guilds/:guild/commands", handle: (_, [, guild]) => listCommands(guild) },
    {
      method: "PUT",
      path: "/applications/:app/guilds/:guild/commands",
      handle: ({ body }, [, guild]) => replaceCommands(guild, body),
    },
    { method: "GET", path: "/channels/:channel", handle: (_, [id = ""]) => channelJson(channelOf(id, 0n)) },
    {
      method: "PATCH",
      path: "/channels/:channel",
      handle({ body }, [id = ""]) {
        const channel = channelOf(id, bits.sendInThreads);
        if (channel.type !== 11 || Object.keys(body).join() !== "archived") throw refusals.permissions();
        channel.archived = body.archived === true;
        return channelJson(channel);
      },
    },
    {
      method: "POST",
      path: "/channels/:channel/typing",
      handle: (_, [id = ""]) => void channelOf(id, sendBit({ id })),
    },
    {
      method: "GET",
      path: "/channels/:channel/messages",
      handle({ query }, [id = ""]) {
        const channel = channelOf(id, bits.history);
        const after = BigInt(query.get("after") ?? 0);
        return [...world.messages.values()]
          .filter((one) => one.channel === channel && !one.onlyFor && BigInt(one.id) > after)
          .sort((a, b) => (BigInt(a.id) > BigInt(b.id) ? -1 : 1))
          .slice(0, Number(query.get("limit") ?? 50))
          .map(json);
      },
    },
    {
      method: "GET",
      path: "/channels/:channel/messages/:message",
      handle: (_, [id = "", message = ""]) => json(ownMessage(channelOf(id, bits.history), message)),
    },
    {
      method: "POST",
      path: "/channels/:channel/messages",
      handle({ body, files, at }, [id = ""]) {
        composing.schema("message", "MessageCreateRequestSchema", body);
        const channel = channelOf(id, sendBit({ id }) | (files.length > 0 ? bits.attach : 0n));
        const twin =
          body.enforce_nonce === true &&
          [...world.messages.values()].find(
            (one) => one.channel === channel && one.author === world.bot && one.nonce === String(body.nonce),
          );
        if (twin) return json(twin);
        const read = composing.read("message", body, files);
        channel.archived = false;
        const asked =
          (body.message_reference as { message_id?: string; fail_if_not_exists?: boolean } | undefined) ?? {};
        const answers = asked.message_id ? world.messages.get(asked.message_id) : undefined;
        if (asked.message_id && !answers && asked.fail_if_not_exists !== false)
          composing.refuse("message", ["message_reference: Unknown message"]);
        const message = world.say({ channel, author: world.bot, ...read, at, ...(answers && { answers }) });
        publish(message, "MESSAGE_CREATE");
        return json(message);
      },
    },
    {
      method: "PATCH",
      path: "/channels/:channel/messages/:message",
      handle({ body, files }, [id = "", target = ""]) {
        composing.schema("edit", "MessageEditRequestPartialSchema", body);
        const channel = channelOf(id, files.length > 0 ? bits.attach : 0n);
        const message = ownMessage(channel, target);
        if (message.author !== world.bot) throw refusals.notYours();
        if (channel.archived) throw refusals.archived();
        const read = composing.read("edit", body, files, message);
        Object.assign(message, read, { edits: message.edits + 1 });
        publish(message, "MESSAGE_UPDATE");
        return json(message);
      },
    },
    {
      method: "POST",
      path: "/channels/:channel/messages/:message/threads",
      handle({ body }, [id = "", target = ""]) {
        composing.schema("thread", "CreateTextThreadWithMessageRequestSchema", body);
        const channel = channelOf(id, bits.createPublicThreads);
        const message = ownMessage(channel, target);
        if (channel.type !== 0 || !channel.guild)
          composing.refuse("thread", ["threads are opened in text channels only"]);
        if (message.thread) throw refusals.threadExists();
        const { guild } = channel;
        const thread = world.addChannel({
          id: message.id,
          type: 11,
          name: String(body.name),
          parent: channel,
          ...(guild && { guild }),
        });
        message.thread = thread;
        dispatch("THREAD_CREATE", { ...channelJson(thread), newly_created: true }, guild?.id);
        world.changed();
        return channelJson(thread);
      },
    },
  ];
  return { routes, commands, writes };
}

/** What the official document does not say about commands. */
function commandRules(list: Registered["body"][], guild: string | undefined): string[] {
  const size = (value: unknown): number => {
    if (typeof value !== "object" || value === null) return 0;
    const {
      name = "",
      description = "",
      value: choice = "",
      options = [],
      choices = [],
    } = value as Record<string, never[]>;
    return (
      String(name).length +
      String(description).length +
      String(choice).length +
      [...options, ...choices].reduce((sum, one) => sum + size(one), 0)
    );
  };
  const names = list.map(({ type = 1, name }) => `${type}:${name}`);
  return list
    .flatMap((one) => {
      const slash = (one.type ?? 1) === 1;
      const leaves = (one.options ?? []).flatMap((option) => (option.type <= 2 ? [] : [option]));
      const subs = (one.options ?? []).filter(({ type }) => type <= 2);
      const lists = [one.options ?? [], ...subs.map(({ options }) => options ?? [])];
      return [
        slash && !/^[-_'\p{L}\p{N}]{1,32}$/u.test(one.name) && `${one.name}: not a name for a command`,
        slash && one.name !== one.name.toLowerCase() && `${one.name}: not in lower case`,
        slash && !one.description && `${one.name}: no description`,
        !slash && one.description && `${one.name}: a menu has no description`,
        size(one) > 8000 && `${one.name}: ${size(one)} characters, at most 8000`,
        leaves.length > 0 && subs.length > 0 && `${one.name}: options beside sub-commands`,
        guild !== undefined &&
          (one.contexts || one.integration_types) &&
          `${one.name}: contexts are for global commands`,
        ...lists.flatMap((options) => [
          options.some(
            (option, at) => option.required && options.slice(0, at).some(({ required, type }) => type > 2 && !required),
          ) && `${one.name}: a required option after an optional one`,
          options.some(({ choices, autocomplete }) => choices && autocomplete) &&
            `${one.name}: choices beside autocomplete`,
          new Set(options.map(({ name }) => name)).size < options.length && `${one.name}: an option twice`,
        ]),
      ].filter((said): said is string => typeof said === "string");
    })
    .concat(
      new Set(names).size < names.length ? ["a command twice"] : [],
      list.filter(({ type }) => (type ?? 1) === 1).length > 100 ? ["more than 100 commands"] : [],
    );
}
