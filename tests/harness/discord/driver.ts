import type { Registered } from "./bot-routes.ts";
import { createCommanding } from "./commanding.ts";
import type { Exchange } from "./exchange.ts";
import { createInteracting } from "./interacting.ts";
import { messageJson } from "./message-json.ts";
import { flatten } from "./message-rules.ts";
import { look, type Seen } from "./seen.ts";
import { createTalking } from "./talking.ts";
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

/** A person with a real client: offers what it would offer and refuses everything else by throwing. */
export function createDriver(parts: DriverParts, user: User) {
  const { world } = parts;

  const refuse = (said: string): never => {
    throw new Error(`${user.name} cannot do that in a real client: ${said}`);
  };

  function visible(message: Message) {
    if (!world.messages.has(message.id)) refuse("the message is gone");
    if (message.onlyFor && message.onlyFor !== user) refuse("somebody else's private message");
    if (message.channel.users && !message.channel.users.includes(user)) refuse("somebody else's direct messages");
  }

  const interact = createInteracting(parts, user);
  const { registered, slashData } = createCommanding(parts, user, refuse);
  const { say, tell } = createTalking(parts, user, refuse);

  function find(message: Message, fits: (component: Component) => boolean, what: string): Component {
    visible(message);
    const found = flatten(message.components).find(fits);
    if (!found) return refuse(`there is no ${what}; there are: ${look(message).buttons.join(", ")}`);
    if (found.disabled) refuse(`${what} is disabled`);
    return found;
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
