import type { SchemaName } from "./check.ts";
import type { Composing } from "./composing.ts";
import { messageJson } from "./message-json.ts";
import { type AskedMessage, modalRules } from "./message-rules.ts";
import { refusals } from "./refusal.ts";
import type { Asked, Route } from "./rest.ts";
import type { Channel, Component, Message, User, World } from "./world.ts";

/** One use of a command or control, from the press to the end of its token. */
export interface Exchange {
  id: string;
  token: string;
  type: 2 | 3 | 4 | 5;
  user: User;
  channel: Channel;
  /** The pressed message. */
  message?: Message;
  madeAt: number;
  /** The type of the first answer. */
  answer?: number;
  /** When the first answer had arrived, on the clock of `performance.now`. */
  answeredAt?: number;
  original?: Message;
  followUps: Message[];
  modal?: { custom_id: string; title: string; components: Component[] };
  choices?: { name: string; value: string | number }[];
  /** How often the message that this leads to has been written. */
  writes: number;
  /** Nobody waits for an answer: the test broke the connection or the deadline on purpose. */
  excused: boolean;
}

export interface ExchangeParts {
  world: World;
  composing: Composing;
  problem(said: string): void;
  publish(message: Message, event: "MESSAGE_CREATE" | "MESSAGE_UPDATE"): void;
  ackMs: number;
  tokenMs: number;
}

const callbacks: Record<number, SchemaName> = {
  4: "CreateMessageInteractionCallbackRequestSchema",
  5: "CreateMessageInteractionCallbackRequestSchema",
  6: "UpdateMessageInteractionCallbackRequestSchema",
  7: "UpdateMessageInteractionCallbackRequestSchema",
  8: "ApplicationCommandAutocompleteCallbackRequestSchema",
  9: "ModalInteractionCallbackRequestSchema",
};
/** Which first answers each kind of interaction takes. */
const allowed: Record<Exchange["type"], number[]> = { 2: [4, 5, 9], 3: [4, 5, 6, 7, 9], 4: [8], 5: [4, 5, 6, 7] };

/** Interactions and their answers: one first answer in time, then fifteen minutes of edits and follow-ups. */
export function createExchanges({ world, composing, problem, publish, ackMs, tokenMs }: ExchangeParts) {
  const exchanges = new Map<string, Exchange>();
  /** First answers that came after their deadline. */
  const late: Exchange[] = [];
  const byToken = (token: string): Exchange => {
    const found = [...exchanges.values()].find((one) => one.token === token);
    if (!found) throw refusals.unknownWebhook();
    if (Date.now() - found.madeAt > tokenMs) throw refusals.token();
    return found;
  };

  function callback({ body, files, at }: Asked, [id = "", token = ""]: string[]): void {
    const exchange = exchanges.get(id);
    const type = Number(body.type);
    if (!exchange || exchange.token !== token) throw refusals.unknownInteraction();
    if (Date.now() - exchange.madeAt > ackMs) {
      late.push(exchange);
      throw refusals.unknownInteraction();
    }
    if (exchange.answer !== undefined) {
      if (!exchange.excused) problem(`interaction ${id} was answered twice`);
      throw refusals.acknowledged();
    }
    const schema = callbacks[type];
    if (!schema || !allowed[exchange.type].includes(type)) {
      composing.refuse("callback", [`type ${type} does not answer an interaction of type ${exchange.type}`]);
      return;
    }
    composing.schema("callback", schema, body);
    const data = (body.data ?? {}) as AskedMessage;
    if (type === 4 || type === 5) answerWithMessage(exchange, type, data, files);
    if (type === 7) rewrite(exchange, exchange.message, data, files);
    if (type === 6 || type === 7) {
      if (!exchange.message) composing.refuse("callback", ["an update without a pressed message"]);
      if (exchange.message) exchange.original = exchange.message;
    }
    if (type === 8) exchange.choices = (body.data as { choices: NonNullable<Exchange["choices"]> }).choices;
    if (type === 9) {
      const modal = body.data as NonNullable<Exchange["modal"]>;
      composing.refuse("modal", modalRules(modal.components));
      exchange.modal = modal;
    }
    exchange.answer = type;
    exchange.answeredAt = at;
  }

  function answerWithMessage(exchange: Exchange, type: number, data: AskedMessage, files: Asked["files"]): void {
    const flags = data.flags ?? 0;
    if (type === 5 && flags & ~(1 << 6)) composing.refuse("callback", ["a deferral takes only the flag EPHEMERAL"]);
    const read =
      type === 4 ? composing.read("callback", data, files) : { content: "", components: [], files: [], flags };
    exchange.original = place(exchange, { ...read, loading: type === 5 }, (flags & (1 << 6)) !== 0);
  }

  function place(exchange: Exchange, parts: Partial<Message>, hidden: boolean): Message {
    const { id, type, user, channel } = exchange;
    exchange.writes++;
    const message = world.say({
      channel,
      author: world.bot,
      content: "",
      ...parts,
      interaction: { id, type, user },
      ...(hidden && { onlyFor: user }),
    });
    if (!hidden) publish(message, "MESSAGE_CREATE");
    return message;
  }

  function rewrite(exchange: Exchange, message: Message | undefined, data: AskedMessage, files: Asked["files"]): void {
    if (!message || !world.messages.has(message.id)) throw refusals.unknownMessage();
    const { flags, ...read } = composing.read("edit", data, files, message);
    Object.assign(message, read, { flags, loading: false, edits: message.edits + 1 });
    exchange.writes++;
    if (!message.onlyFor) publish(message, "MESSAGE_UPDATE");
  }

  function find(exchange: Exchange, id: string): Message {
    if (exchange.answer === undefined) {
      problem(`interaction ${exchange.id} was edited before its first answer`);
      throw refusals.unknownWebhook();
    }
    const message = id === "@original" ? exchange.original : exchange.followUps.find((one) => one.id === id);
    if (!message || !world.messages.has(message.id)) throw refusals.unknownMessage();
    return message;
  }

  const routes: Route[] = [
    { method: "POST", path: "/interactions/:id/:token/callback", open: true, handle: callback },
    {
      method: "PATCH",
      path: "/webhooks/:app/:token/messages/:message",
      open: true,
      handle({ body, files }, [, token = "", id = ""]) {
        const exchange = byToken(token);
        composing.schema("edit", "IncomingWebhookUpdateRequestPartialSchema", body);
        const message = find(exchange, id);
        rewrite(exchange, message, body, files);
        return messageJson(message, world, true);
      },
    },
    {
      method: "POST",
      path: "/webhooks/:app/:token",
      open: true,
      handle({ body, files }, [, token = ""]) {
        const exchange = byToken(token);
        if (exchange.answer === undefined) {
          problem(`interaction ${exchange.id} had a follow-up before its first answer`);
          throw refusals.unknownWebhook();
        }
        composing.schema("follow-up", "IncomingWebhookRequestPartialSchema", body);
        // The first follow-up after "thinking …" takes its place and keeps its visibility.
        if (exchange.original?.loading) {
          rewrite(exchange, exchange.original, body, files);
          return messageJson(exchange.original, world, true);
        }
        const read = composing.read("follow-up", body, files);
        const message = place(exchange, read, ((body.flags as number) & (1 << 6)) !== 0);
        exchange.followUps.push(message);
        return messageJson(message, world, true);
      },
    },
  ];
  return { exchanges, late, routes };
}
