import type { Inbox } from "../../core/inbox.ts";
import type { Log } from "../../core/log.ts";
import { limits } from "./limits.ts";
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
  const channels = new Map<string, number>();
  // Rows that are handed from process to process wear out, so each process has its own.
  const own = crypto.randomUUID();

  const remember = (channel: string, until: number) => {
    channels.delete(channel);
    channels.set(channel, until);
    for (const old of channels.keys()) if (channels.size > limits.catchUpChannels) channels.delete(old);
  };
  const idOf = (key: string) => ({
    key: `${platformName}:direct:${key}`,
    platform: platformName,
    workspace: "direct",
  });

  /** Has the next process look into the channel, too. */
  async function keepChannel(channelId: string, until: number): Promise<void> {
    const before = channels.get(channelId) ?? 0;
    remember(channelId, Math.max(before, until));
    const now = Date.now();
    // A new row every ten minutes, not with every message.
    if (before - now > limits.catchUp || until <= now) return;
    const body = JSON.stringify({ channelId, until } satisfies Kept);
    await inbox?.keep({ ...idOf(`${channelId}:${own}:${until}`), body, worthMs: until - now });
  }

  return {
    /** Channels that may hold messages nobody has answered, those with the newest ones last. */
    channels: (): string[] => [...channels.keys()],
    /** Runs `work`, unless the message was answered already, by whichever process. Throws what `work` throws. */
    async answer({ channelId, id }: { channelId: string; id: string }, work: () => Promise<void>): Promise<void> {
      try {
        await keepChannel(channelId, Date.now() + 2 * limits.catchUp);
        if (await inbox?.knows(idOf(id).key)) return;
      } catch (error) {
        log.warn("a direct message is answered without being kept", { error });
      }
      await work();
      await inbox?.done(idOf(id));
    },
    /** Takes over the channels of processes that are gone. Never throws. */
    async takeOver(): Promise<void> {
      try {
        for await (const { key, body } of inbox?.left(platformName) ?? []) {
          const { channelId, until } = JSON.parse(body) as Kept;
          await keepChannel(channelId, until);
          await inbox?.done({ key, platform: platformName, workspace: "direct" });
        }
      } catch (error) {
        log.warn("direct channels of an earlier process not read", { error });
      }
    },
  };
}
