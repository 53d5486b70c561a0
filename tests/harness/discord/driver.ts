import type { Registered, RegisteredOption } from "./bot-routes.ts";
import type { Exchange } from "./exchange.ts";
import { flatten } from "./message-rules.ts";
import { look, type Seen } from "./seen.ts";
import { appPermissions, channelJson, memberJson, messageJson, userJson } from "./wire.ts";
import type { Channel, Component, Message, User, World } from "./world.ts";

export interface DriverParts {
  world: World;
  commands: Registered[];
  exchanges: Map<string, Exchange>;
  dispatch(event: string, data: unknown, how?: { intent?: number; guild?: string | undefined; copies?: number }): void;
}

/** How an event is delivered. */
export interface Delivery {
  in?: Channel;
  /** How old the interaction is when it arrives, in ms. */
  age?: number;
  /** How often the event is delivered. Default 1. */
  copies?: number;
}

/** Something a person did, and what came of it. */
export interface Asked {
  exchange: Exchange;
  /** The message with the answer, once it is there and no longer says "thinking …". */
  answer(): Promise<Seen>;
  /** The window that opened. */
  modal(): Promise<NonNullable<Exchange["modal"]>>;
  choices(): Promise<NonNullable<Exchange["choices"]>>;
  /** The first message after the answer. */
  followUp(): Promise<Seen>;
}

const intents = { guildMessages: 1 << 9, directMessages: 1 << 12 };

/** A person with a real client: offers what it would offer and refuses everything else by throwing. */
export function createDriver(parts: DriverParts, user: User) {
  const { world, commands, exchanges, dispatch } = parts;

  const refuse = (said: string): never => {
    throw new Error(`${user.name} cannot do that in a real client: ${said}`);
  };

  function visible(message: Message) {
    if (!world.messages.has(message.id)) refuse("the message is gone");
    if (message.onlyFor && message.onlyFor !== user) refuse("somebody else's private message");
    if (message.channel.users && !message.channel.users.includes(user)) refuse("somebody else's direct messages");
  }

  function contextOf(channel: Channel): number {
    if (channel.guild) return 0;
    return channel.type === 1 && channel.users?.includes(world.bot) ? 1 : 2;
  }

  function interact(
    type: Exchange["type"],
    data: object,
    channel: Channel,
    { age = 0, copies = 1 }: Delivery,
    message?: Message,
    excused = false,
  ): Asked {
    const madeAt = Date.now() - age;
    const exchange: Exchange = {
      id: world.newId(madeAt),
      token: `token-${world.newId()}`,
      type,
      user,
      channel,
      madeAt,
      followUps: [],
      writes: 0,
      excused: excused || age > 2500 || copies > 1,
      ...(message && { message }),
    };
    exchanges.set(exchange.id, exchange);
    const { guild } = channel;
    const permissions = String(world.permissionsOf(user, channel));
    dispatch(
      "INTERACTION_CREATE",
      {
        id: exchange.id,
        token: exchange.token,
        application_id: world.applicationId,
        type,
        version: 1,
        data,
        channel_id: channel.id,
        channel: { ...channelJson(channel), permissions },
        app_permissions: appPermissions(channel, world),
        locale: user.locale,
        entitlements: [],
        authorizing_integration_owners: guild?.hosted ? { 0: guild.id } : { 1: user.id },
        context: contextOf(channel),
        attachment_size_limit: 10 * 1024 * 1024,
        ...(guild
          ? {
              guild_id: guild.id,
              guild_locale: "en-GB",
              guild: { id: guild.id, locale: "en-GB", features: [] },
              member: { ...memberJson(guild, user), user: userJson(user), permissions },
            }
          : { user: userJson(user) }),
        ...(message && { message: messageJson(message, world, true) }),
      },
      { guild: guild?.id, copies },
    );
    return asked(exchange);
  }

  function asked(exchange: Exchange): Asked {
    const what = `an answer to ${user.name}'s interaction`;
    return {
      exchange,
      answer: () =>
        world.until(
          () =>
            exchange.answer !== undefined &&
            exchange.writes > 0 &&
            exchange.original &&
            !exchange.original.loading &&
            look(exchange.original),
          what,
        ),
      modal: () => world.until(() => exchange.modal, `a window for ${user.name}`),
      choices: () => world.until(() => exchange.choices, `choices for ${user.name}`),
      followUp: () =>
        world.until(() => exchange.followUps[0] && look(exchange.followUps[0]), `a follow-up for ${user.name}`),
    };
  }

  /** The command as this person's client knows it here. */
  function registered(type: number, name: string, channel: Channel): Registered {
    const guild = channel.guild?.id;
    const found = commands.find(
      ({ body, guild: only }) =>
        (body.type ?? 1) === type && body.name === name && (only === undefined || only === guild),
    );
    if (!found) return refuse(`there is no command ${name}`);
    const { contexts, integration_types: installs } = found.body;
    if (contexts && !contexts.includes(contextOf(channel))) refuse(`${name} is not offered here`);
    if (installs && !channel.guild?.hosted && contextOf(channel) !== 1 && !installs.includes(1))
      refuse(`${name} is not installed for ${user.name}`);
    const needed = found.body.default_member_permissions;
    if (typeof needed === "string" && channel.guild && !(world.permissionsOf(user, channel) & BigInt(needed)))
      refuse(`${name} is not shown to ${user.name}`);
    return found;
  }

  function readOption(option: RegisteredOption, value: string | number): object {
    const {
      type,
      name,
      choices,
      min_value = -Infinity,
      max_value = Infinity,
      min_length = 0,
      max_length = 6000,
    } = option;
    if (choices && !choices.some((choice) => choice.value === value))
      refuse(`${name} is one of ${choices.map((choice) => choice.value).join(", ")}`);
    if (type === 4 || type === 10) {
      if (typeof value !== "number" || value < min_value || value > max_value)
        refuse(`${name} is a number from ${min_value} to ${max_value}`);
    } else if (String(value).length < min_length || String(value).length > max_length)
      refuse(`${name} has ${min_length} to ${max_length} characters`);
    return { name, type, value };
  }

  /** A slash command's data from its full name, for example `quiz start`. */
  function slashData(full: string, given: Record<string, string | number>, channel: Channel, focused?: string) {
    const [word = "", sub] = full.split(" ");
    const { id, guild, body } = registered(1, word, channel);
    const group = (body.options ?? []).some(({ type }) => type === 1);
    const within = group ? body.options?.find(({ type, name }) => type === 1 && name === sub) : undefined;
    if (group !== (sub !== undefined) || (group && !within)) refuse(`there is no command ${full}`);
    const offered = (within ? within.options : body.options) ?? [];
    const unknown = Object.keys(given).find((name) => !offered.some((one) => one.name === name));
    if (unknown) refuse(`${full} has no option ${unknown}`);
    const missing = offered.find(({ name, required }) => required && given[name] === undefined);
    if (missing && !focused) refuse(`${full} needs ${missing.name}`);
    if (focused && !offered.some(({ name, autocomplete }) => name === focused && autocomplete))
      refuse(`${focused} is not completed`);
    const options = offered.flatMap((one) => {
      const value = given[one.name];
      if (value === undefined) return [];
      return one.name === focused
        ? [{ name: one.name, type: one.type, value, focused: true }]
        : [readOption(one, value)];
    });
    const shown = within ? [{ name: within.name, type: 1, options }] : options;
    return { id, name: word, type: 1, ...(guild !== undefined && { guild_id: guild }), options: shown };
  }

  function find(message: Message, fits: (component: Component) => boolean, what: string): Component {
    visible(message);
    const found = flatten(message.components).find(fits);
    if (!found) return refuse(`there is no ${what}; there are: ${look(message).buttons.join(", ")}`);
    if (found.disabled) refuse(`${what} is disabled`);
    return found;
  }

  function say(channel: Channel, content: string, delivery: Delivery, extra: Partial<Message> = {}): Message {
    if (content.length > 4000) refuse("a message has at most 4000 characters");
    const mentions = [...world.users.values()].filter(
      ({ id }) => content.includes(`<@${id}>`) || content.includes(`<@!${id}>`),
    );
    const message = world.say({
      channel,
      author: user,
      content,
      mentions,
      mentionsEveryone: /@(everyone|here)/.test(content),
      ...extra,
    });
    tell(message, delivery.copies ?? 1);
    return message;
  }

  function tell(message: Message, copies = 1) {
    const { guild } = message.channel;
    dispatch(
      "MESSAGE_CREATE",
      {
        ...messageJson(message, world),
        channel_type: message.channel.type,
        ...(guild && { guild_id: guild.id, member: memberJson(guild, user) }),
      },
      { intent: guild ? intents.guildMessages : intents.directMessages, guild: guild?.id, copies },
    );
    world.changed();
  }

  function directChannel(): Channel {
    const known = [...world.channels.values()].find(
      ({ type, users }) => type === 1 && users?.includes(user) && users.includes(world.bot),
    );
    return known ?? world.addChannel({ type: 1, name: user.name, users: [user, world.bot] });
  }

  return {
    user,
    direct: directChannel,
    /** Uses a slash command by its full name. */
    slash(full: string, given: Record<string, string | number> = {}, delivery: Delivery = {}): Asked {
      const channel = delivery.in ?? world.study;
      if (channel.archived) refuse("commands are not offered in archived threads");
      return interact(2, slashData(full, given, channel), channel, delivery);
    },
    /** Types into an option and asks for choices. */
    complete(full: string, option: string, typed: string, delivery: Delivery = {}): Asked {
      const channel = delivery.in ?? world.study;
      return interact(4, slashData(full, { [option]: typed }, channel, option), channel, delivery);
    },
    /** Uses an entry of a message's menu. */
    menu(name: string, target: Message, delivery: Delivery = {}): Asked {
      visible(target);
      const { id } = registered(3, name, target.channel);
      const resolved = { messages: { [target.id]: messageJson(target, world, true) } };
      return interact(2, { id, name, type: 3, target_id: target.id, resolved }, target.channel, delivery);
    },
    /** Presses the button with that label. */
    press(message: Message, label: string, delivery: Delivery = {}): Asked {
      const button = find(
        message,
        (one) => one.type === 2 && one.label === label && one.url === undefined,
        `button ${label}`,
      );
      return interact(
        3,
        { component_type: 2, custom_id: button.custom_id, id: button.id },
        message.channel,
        delivery,
        message,
      );
    },
    /** Picks one option of the select that has it. */
    choose(message: Message, label: string, delivery: Delivery = {}): Asked {
      const select = find(
        message,
        ({ options }) => options?.some((one) => one.label === label) ?? false,
        `choice ${label}`,
      );
      const values = select.options
        ?.filter((one) => one.label === label)
        .slice(0, 1)
        .map(({ value }) => value);
      return interact(
        3,
        { component_type: 3, custom_id: select.custom_id, id: select.id, values, resolved: {} },
        message.channel,
        delivery,
        message,
      );
    },
    /** Fills in the window that a press opened, and sends it. */
    async submit(opened: Asked, text: string, delivery: Delivery = {}): Promise<Asked> {
      const modal = await opened.modal();
      const [label] = modal.components;
      const input = label?.component;
      if (!label || !input) return refuse("the window has no field");
      if (text.length < (input.min_length ?? 0) || text.length > (input.max_length ?? 4000))
        refuse("the text is too short or too long");
      const components = [{ type: 18, id: 1, component: { type: 4, id: 2, custom_id: input.custom_id, value: text } }];
      const { channel, message } = opened.exchange;
      return interact(5, { custom_id: modal.custom_id, components, resolved: {} }, channel, delivery, message);
    },
    /** Sends what no client would send: a press with an id of one's own making. */
    forge(message: Message, customId: string): Asked {
      return interact(3, { component_type: 2, custom_id: customId, id: 99 }, message.channel, {}, message);
    },
    /** Writes a message. */
    say: (content: string, delivery: Delivery = {}) => say(delivery.in ?? world.study, content, delivery),
    /** Writes a message that mentions the bot. */
    mention: (content: string, delivery: Delivery = {}) =>
      say(delivery.in ?? world.study, `<@${world.bot.id}> ${content}`, delivery),
    /** Writes to the bot alone. */
    dm: (content: string, delivery: Delivery = {}) => say(directChannel(), content, delivery),
    /** Replies to a message, with the ping that clients add. */
    reply(to: Message, content: string): Message {
      visible(to);
      return say(to.channel, content, {}, { answers: to, mentions: [to.author] });
    },
    /** The bot's answer to a message. */
    answerTo: (message: Message): Promise<Seen> =>
      world.until(() => {
        const found = [...world.messages.values()].find(
          (one) =>
            one.author === world.bot &&
            (one.answers === message ||
              (message.channel.type === 1 && one.channel === message.channel && BigInt(one.id) > BigInt(message.id))),
        );
        return found && look(found);
      }, `an answer to ${user.name}'s message`),
    /** Delivers a message's event once more. */
    tellAgain: (message: Message) => tell(message),
    /** Everything this person sees in a channel. */
    sees: (channel: Channel = world.study): Seen[] =>
      [...world.messages.values()]
        .filter((one) => one.channel === channel && (!one.onlyFor || one.onlyFor === user))
        .map(look),
  };
}

export type Driver = ReturnType<typeof createDriver>;
