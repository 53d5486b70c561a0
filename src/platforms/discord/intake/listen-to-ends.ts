import type { DiscordOptions } from "../discord.ts";
import type { Session } from "../talk/session.ts";
import { placeIn } from "./read.ts";

/** Hands on that a server, a channel or a thread is gone. `track` keeps an eye on what is under way. */
export function listenToEnds(
  { client, app: { log } }: Session,
  track: (work: Promise<void>) => void,
  { onGone, onUninstall }: Pick<DiscordOptions, "onGone" | "onUninstall">,
): void {
  client
    .on("guildDelete", ({ id }) => {
      log.info("discord server left", { server: id });
      if (onUninstall) track(onUninstall(id));
    })
    .on("channelDelete", (channel) => {
      if (onGone && !channel.isDMBased()) track(onGone(placeIn(channel.guildId, channel.id, channel)));
    })
    .on("threadDelete", (thread) => {
      if (onGone) track(onGone(placeIn(thread.guildId, thread.id, thread)));
    });
}
