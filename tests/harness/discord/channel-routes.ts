import type { BotRouteParts } from "./bot-routes.ts";
import { checkAnswer } from "./check.ts";
import { messageJson } from "./message-json.ts";
import { bits } from "./permissions.ts";
import { refusals } from "./refusal.ts";
import type { Route } from "./rest.ts";
import { channelJson } from "./wire.ts";
import type { Channel, Message } from "./world.ts";

/** What a bot does in channels with its own token: messages and threads. */
export function createChannelRoutes({ world, composing, problem, publish, dispatch }: BotRouteParts): Route[] {
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

  return [
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
          .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
          .slice(0, Number(query.get("limit") ?? 50))
          .reverse()
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
        if (channel.type !== 0 || !channel.guild) {
          problem(`a thread was opened in a channel of type ${channel.type}`);
          throw refusals.wrongChannelType();
        }
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
}
