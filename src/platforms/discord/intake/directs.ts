import { LRUCache } from "lru-cache";
import type { Inbox } from "../../../core/inbox.ts";
import type { Log } from "../../../core/log.ts";
import { limits } from "../limits.ts";
import { platformName } from "./read.ts";

/** A channel in which somebody wrote, as it is kept in the inbox until it is forgotten (ms since the epoch). */
interface Kept {
  channelId: string;
  until: number;
}

/**
 * Keeps track of direct messages, since Discord neither lists direct channels to bots nor says what was not answered there: which messages are
 * answered, and in which channels somebody has written lately. With an inbox both outlive the process; it is given ids only.
 */
export function createDirects(inbox: Inbox | undefined, log: Log) {
  /** Until when each channel is remembered beyond the process. */
  const channels = new LRUCache<string, number>({ max: limits.catchUpChannels });
  // Rows that are handed from process to process wear out, so each process has its own.
  const own = crypto.randomUUID();

  const idOf = (key: string) => ({
    key: `${platformName}:direct:${key}`,
    platform: platformName,
    workspace: "direct",
  });

  /** Has the next process look into the channel, too. */
  async function keepChannel(channelId: string, until: number): Promise<void> {
    const before = channels.get(channelId) ?? 0;
    channels.set(channelId, Math.max(before, until));
    const now = Date.now();
    // A new row every ten minutes, not with every message.
    if (before - now > limits.catchUp || until <= now) return;
    const body = JSON.stringify({ channelId, until } satisfies Kept);
    await inbox?.keep({ ...idOf(`${channelId}:${own}:${until}`), body, worthMs: until - now });
  }

  /** Whether a message is answered already, by whichever process; false while the store cannot be read. */
  async function isAnswered(id: string): Promise<boolean> {
    try {
      return (await inbox?.knows(idOf(id).key)) ?? false;
    } catch (error) {
      log.warn("a direct message was not looked up", { error });
      return false;
    }
  }

  return {
    /** Channels that may hold messages nobody has answered, those with the newest ones last. */
    channels: (): string[] => [...channels.rkeys()],
    isAnswered,
    /** Runs `work`, which says whether the message is dealt with, unless some process has answered it already. Throws what `work` throws. */
    async answer({ channelId, id }: { channelId: string; id: string }, work: () => Promise<boolean>): Promise<void> {
      try {
        await keepChannel(channelId, Date.now() + 2 * limits.catchUp);
      } catch (error) {
        log.warn("a direct message is answered without its channel being kept", { error });
      }
      if (!(await isAnswered(id)) && (await work())) await inbox?.done(idOf(id));
    },
    /** Takes over the channels of processes that are gone. Never throws. */
    async takeOver(): Promise<void> {
      try {
        const done: (Promise<void> | undefined)[] = [];
        for await (const { key, body } of inbox?.left(platformName) ?? []) {
          const { channelId, until } = JSON.parse(body) as Kept;
          await keepChannel(channelId, until);
          done.push(inbox?.done({ key, platform: platformName, workspace: "direct" }));
        }
        await Promise.all(done);
      } catch (error) {
        log.warn("direct channels of an earlier process not read", { error });
      }
    },
  };
}
