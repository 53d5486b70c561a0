import type { APIMessage, Client, Message } from "discord.js";
import type { Log } from "../../../core/log.ts";
import { limits } from "../limits.ts";
import type { Api } from "../transport/api.ts";
import { idAt, madeAt, mentions } from "./read.ts";

interface CatchUpParts {
  client: Client<true>;
  api: Api;
  log: Log;
  /** Whether this process has seen the message already. */
  seen(id: string): boolean;
  directs: {
    /** Direct channels somebody has written in lately. */
    channels(): Iterable<string>;
    /** Whether a direct message is answered already, by whichever process. */
    isAnswered(id: string): Promise<boolean>;
  };
  handle(message: Message): void;
}

/**
 * Finds messages to the bot that came while it had no session, since `since` (ms since the epoch), and hands them on, oldest first.
 * What the bot has replied to already is left alone, so this is safe after a restart too. Only channels with news are read.
 */
export async function catchUp({ client, api, log, seen, directs, handle }: CatchUpParts, since: number): Promise<void> {
  const from = Math.max(since, Date.now() - limits.catchUp);
  const busy = [...client.channels.cache.values()].flatMap((channel) => {
    const last = "lastMessageId" in channel ? channel.lastMessageId : null;
    return last && !channel.isDMBased() && madeAt(last) >= from ? [channel.id] : [];
  });
  const missed: APIMessage[] = [];
  for (const id of [...busy.slice(0, limits.catchUpChannels), ...directs.channels()]) {
    try {
      const messages = await readAfter(api, id, idAt(from));
      const answered = new Set(
        messages.flatMap(({ author, message_reference }) =>
          author.id === client.user.id ? [message_reference?.message_id] : [],
        ),
      );
      const direct = !busy.includes(id);
      for (const one of messages) {
        const spoken = direct ? !one.author.bot : mentions(client.user.id, one);
        if (!spoken || answered.has(one.id) || seen(one.id)) continue;
        if (!direct || !(await directs.isAnswered(one.id))) missed.push(one);
      }
    } catch (error) {
      log.debug("channel not read for missed messages", { channel: id, error: String(error) });
    }
  }
  for (const { id, channel_id } of missed.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))) {
    const message = await readMessage(client, log, channel_id, id);
    if (message) handle(message);
  }
  if (missed.length > 0) log.info("missed messages answered", { count: missed.length });
}

/** A message from the history with its author's name and rights; undefined when it cannot be read any more. */
async function readMessage(
  client: Client<true>,
  log: Log,
  channelId: string,
  id: string,
): Promise<Message | undefined> {
  try {
    const channel = await client.channels.fetch(channelId);
    if (!channel?.isTextBased()) return undefined;
    const message = await channel.messages.fetch(id);
    await meetAuthor(message, log);
    return message;
  } catch (error) {
    log.warn("missed message not read", { channel: channelId, error: String(error) });
    return undefined;
  }
}

/** Everything after that id, page by page: Discord hands out the oldest ones first. */
async function readAfter(api: Api, channel: string, after: string): Promise<APIMessage[]> {
  const all: APIMessage[] = [];
  for (let from = after; all.length < limits.catchUpMessages; ) {
    const page = await api.messagesAfter(channel, from);
    all.push(...page);
    const newest = page[0]?.id;
    if (page.length < limits.messagesPerPage || newest === undefined) break;
    from = newest;
  }
  return all;
}

/** Messages from the history come without the author's name and rights in the server, so those are fetched; who has left has none. */
async function meetAuthor({ guild, author }: Message, log: Log): Promise<void> {
  try {
    await guild?.members.fetch(author.id);
  } catch (error) {
    log.debug("author of a missed message not found", { error: String(error) });
  }
}
