import type { Message } from "discord.js";
import { LRUCache } from "lru-cache";
import type { Inbox } from "../../../core/inbox.ts";
import { limits } from "../limits.ts";
import type { Session } from "../talk/session.ts";
import { catchUp } from "./catch-up.ts";
import { createDirects } from "./directs.ts";
import { handleInteraction } from "./interactions.ts";
import { type Arrival, handleMessage } from "./messages.ts";
import { saidTo } from "./read.ts";

/** How long a connection may have been dead before anybody noticed: a bit more than a heartbeat, in ms. */
const unnoticed = 60_000;

/**
 * Handles the client's events from now on, and looks for messages that came before. `track` keeps an eye on what is under way; `inbox` knows
 * which direct messages are answered.
 */
export function listen(session: Session, track: (work: Promise<unknown>) => void, inbox?: Inbox): void {
  const { client, api, app } = session;
  const { log } = app;
  const seen = new LRUCache<string, true>({ max: 2000 });
  const directs = createDirects(inbox, log);
  const lostAt = new Map<number, number>();

  /** Discord may deliver an event twice after a reconnect. */
  const fresh = (id: string): boolean => {
    if (seen.has(id)) return false;
    seen.set(id, true);
    return true;
  };
  const onMessage = (message: Message, arrival: Arrival = "live") => {
    // While the bot stops, nothing is begun, and what is not begun is found after the next start.
    if (session.stopping() || saidTo(client.user.id, message) === null || !fresh(message.id)) return;
    const work = () => handleMessage(session, message, arrival);
    track(message.channel.isDMBased() ? directs.answer(message, work) : work());
  };
  const lookBack = (since: number) =>
    catchUp(
      { client, api, log, directs, seen: (id) => seen.has(id), handle: (message) => onMessage(message, "late") },
      since,
    );
  client
    .on("messageCreate", (message) => onMessage(message))
    .on("interactionCreate", (interaction) => {
      if (fresh(interaction.id)) track(handleInteraction(session, interaction));
    })
    .on("error", (error) => log.error("discord client", { error }))
    .on("warn", (said) => log.warn("discord client", { said }))
    .on("shardError", (error, shard) => log.warn("discord connection", { shard, error: String(error) }))
    .on("shardDisconnect", ({ code }, shard) => log.error("discord connection closed for good", { shard, code }))
    .on("shardReconnecting", (shard) => {
      // The library says so at an ordinary end too.
      if (session.stopping()) return;
      if (!lostAt.has(shard)) lostAt.set(shard, Date.now());
      log.info("discord reconnects", { shard });
    })
    .on("shardResume", (shard, replayed) => {
      lostAt.delete(shard);
      log.info("discord resumed", { shard, replayed });
    })
    // A new session: what was said since the old one is not delivered any more.
    .on("shardReady", (shard) => {
      const since = (lostAt.get(shard) ?? Date.now()) - unnoticed;
      lostAt.delete(shard);
      track(lookBack(since));
    });
  track(directs.takeOver().then(() => lookBack(Date.now() - limits.catchUp)));
}
