import type { Client } from "discord.js";
import type { PlatformHealth } from "../../../core/platform.ts";

/** A shard's state once its session is open: https://discord.js.org/docs/packages/discord.js/main/Status:Enum */
const ready = 0;
/** After this long (ms) without a session a new start is tried: what the library resumes may be gone. */
const patience = 5 * 60_000;

/** What ends a connection for good, and what the host can do. https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway */
const ends = new Map<number, { why: string; restart: boolean }>([
  [
    4004,
    {
      why: "it does not accept DISCORD_TOKEN any more. Copy it again from https://discord.com/developers/applications, your application, Bot, Reset Token, then restart the bot.",
      restart: false,
    },
  ],
  [4010, { why: "it does not know the shard. Check DISCORD_SHARDS, then restart the bot.", restart: true }],
  [
    4011,
    {
      why: "the bot is in too many servers for so few shards. Set DISCORD_SHARDS=auto, then restart the bot.",
      restart: true,
    },
  ],
  [4012, { why: "it no longer speaks this version of its interface. Update Bakehouse.", restart: false }],
  [4013, { why: "it does not take the intents of this version. Update Bakehouse.", restart: true }],
  [
    4014,
    {
      why: "it does not allow the bot's intents. Look at https://discord.com/developers/applications, your application, Bot.",
      restart: true,
    },
  ],
]);

/** Watches the connection of a client. */
export function watchHealth(client: Client<true>): () => PlatformHealth {
  let closed: number | undefined;
  let lastReady = Date.now();
  client.on("shardDisconnect", ({ code }) => {
    closed = code;
  });
  return () => {
    if (closed !== undefined) {
      const { why, restart } = ends.get(closed) ?? { why: "it does not say why.", restart: true };
      return { state: "lost", why: `Discord closed the connection for good (${closed}): ${why}`, restart };
    }
    if (client.ws.shards.size > 0 && client.ws.shards.every(({ status }) => status === ready)) {
      lastReady = Date.now();
      return { state: "connected" };
    }
    const why = "The connection to Discord is gone; it is being opened again.";
    return { state: "reconnecting", why, restart: Date.now() - lastReady > patience };
  };
}
