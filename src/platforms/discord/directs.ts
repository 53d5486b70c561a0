import type { Inbox, Told } from "../../core/inbox.ts";
import type { Log } from "../../core/log.ts";
import { limits } from "./limits.ts";
import { platformName } from "./read.ts";

/** A direct message, by its ids. */
interface Direct {
  channelId: string;
  id: string;
}

/** What is kept in the inbox: a message in work, or a channel in which somebody wrote, until it is forgotten (ms since the epoch). */
type Kept = Direct | { channelId: string; until: number };

/**
 * Keeps track of direct messages, since Discord neither lists direct channels to bots nor says what was not answered there: which messages are in
 * work or answered, and in which channels somebody has written lately. With an inbox that outlives the process; of messages it keeps ids only.
 */
export function createDirects(inbox: Inbox | undefined, log: Log) {
  /** Until when each channel is remembered beyond the process. */
  const channels = new Map<string, number>();
  // Rows that are handed from process to process wear out, so each process has its own.
  const own = crypto.randomUUID();

  const remember = (channel: string, until: number) => {
    channels.delete(channel);
    channels.set(channel, until);
    for (const old of channels.keys()) if (channels.size > limits.catchUpChannels) channels.delete(old);
  };
  const told = (key: string, body: Kept, worthMs: number): Told => ({
    ...{ key: `${platformName}:direct:${key}`, platform: platformName, workspace: "direct" },
    ...{ body: JSON.stringify(body), worthMs },
  });
  const toldOf = (message: Direct) => told(message.id, message, limits.catchUp);

  /** Has the next process look into the channel, too. */
  async function keepChannel(channelId: string, until: number): Promise<void> {
    const before = channels.get(channelId) ?? 0;
    remember(channelId, Math.max(before, until));
    const now = Date.now();
    // A new row every ten minutes, not with every message.
    if (before - now > limits.catchUp || until <= now) return;
    await inbox?.keep(told(`${channelId}:${own}:${until}`, { channelId, until }, until - now));
  }

  return {
    /** Channels that may hold messages nobody has answered, those with the newest ones last. */
    channels: (): string[] => [...channels.keys()],
    /** Runs `work`, unless the message is being answered or was answered already, by whichever process. Throws what `work` throws. */
    async answer({ channelId, id }: Direct, work: () => Promise<void>): Promise<void> {
      const message = toldOf({ channelId, id });
      try {
        await keepChannel(channelId, Date.now() + 2 * limits.catchUp);
        if ((await inbox?.keep(message)) === false) return;
      } catch (error) {
        log.warn("a direct message is answered without being kept", { error });
      }
      await work();
      await inbox?.done(message);
    },
    /** What processes that are gone had in work; their channels are known from here on. Never throws. */
    async left(): Promise<{ message: Direct; done(): Promise<void> }[]> {
      try {
        const messages: Direct[] = [];
        for (const { key, body } of (await inbox?.left(platformName)) ?? []) {
          const kept = JSON.parse(body) as Kept;
          if ("id" in kept) {
            messages.push(kept);
            continue;
          }
          await keepChannel(kept.channelId, kept.until);
          await inbox?.done({ key, platform: platformName, workspace: "direct" });
        }
        return messages.map((message) => ({ message, done: async () => inbox?.done(toldOf(message)) }));
      } catch (error) {
        log.warn("direct messages of an earlier process not read", { error });
        return [];
      }
    },
  };
}
