import type { Inbox, Told } from "../../core/inbox.ts";
import type { Log } from "../../core/log.ts";
import { limits } from "./limits.ts";
import { platformName } from "./read.ts";

/** A direct message, by its ids. */
interface Direct {
  channelId: string;
  id: string;
}

/**
 * Keeps track of direct messages, since Discord neither lists direct channels to bots nor says what was not answered there: which messages are in
 * work or answered, and in which channels somebody has written lately. With an inbox that outlives the process; of messages it keeps ids only.
 */
export function createDirects(inbox: Inbox | undefined, log: Log) {
  const channels = new Set<string>();

  const remember = (channel: string) => {
    channels.delete(channel);
    channels.add(channel);
    for (const old of channels) if (channels.size > limits.catchUpChannels) channels.delete(old);
  };
  const told = (key: string, body: Partial<Direct>): Told => ({
    ...{ key: `${platformName}:direct:${key}`, platform: platformName, workspace: "direct" },
    ...{ body: JSON.stringify(body), worthMs: 2 * limits.catchUp },
  });

  return {
    /** Channels that may hold messages nobody has answered, those with the newest ones last. */
    channels: (): string[] => [...channels],
    /** Runs `work`, unless the message is being answered or was answered already, by whichever process. Throws what `work` throws. */
    async answer({ channelId, id }: Direct, work: () => Promise<void>): Promise<void> {
      remember(channelId);
      const message = told(id, { channelId, id });
      try {
        await inbox?.keep(told(`${channelId}:${Math.floor(Date.now() / limits.catchUp)}`, { channelId }));
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
        const rows = (await inbox?.left(platformName)) ?? [];
        return rows.flatMap(({ body }) => {
          const { channelId, id } = JSON.parse(body) as Partial<Direct>;
          if (channelId === undefined) return [];
          remember(channelId);
          if (id === undefined) return [];
          return [{ message: { channelId, id }, done: async () => inbox?.done(told(id, {})) }];
        });
      } catch (error) {
        log.warn("direct messages of an earlier process not read", { error });
        return [];
      }
    },
  };
}

export type Directs = ReturnType<typeof createDirects>;
