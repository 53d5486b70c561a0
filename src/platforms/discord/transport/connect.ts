import type { Client, ClientOptions } from "discord.js";
import { RefusedError } from "../../../core/platform.ts";

interface ConnectOptions {
  token: string;
  apiUrl?: string;
  shards?: number | "auto";
  client?: Partial<ClientOptions>;
}

/** Guilds, messages in servers, direct messages. None is privileged: mentions and direct messages come with their text. */
const intents = (1 << 0) | (1 << 9) | (1 << 12);

/** Logs in and resolves when Discord has told about every server. Throws an Error in words for the host. */
export async function connect({ token, apiUrl, shards, client: more }: ConnectOptions): Promise<Client<true>> {
  const { Client, Events, Options, Partials } = await import("discord.js");
  const client = new Client({
    intents,
    // Without it, messages in direct channels that are not known yet are dropped.
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      UserManager: { maxSize: 200, keepOverLimit: ({ id, client: { user } }) => id === user.id },
      GuildMemberManager: { maxSize: 200, keepOverLimit: ({ id, client: { user } }) => id === user.id },
    }),
    ...(shards === "auto" && { shards }),
    ...(typeof shards === "number" && { shardCount: shards, shards: Array.from({ length: shards }, (_, at) => at) }),
    ...more,
    rest: { ...(apiUrl !== undefined && { api: apiUrl }), ...more?.rest },
  });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  // Without a listener an `error` event ends the process; the real listeners come with the session.
  client.on(Events.Error, () => {});
  try {
    await client.login(token);
    return await ready;
  } catch (error) {
    await client.destroy();
    throw explain(error, apiUrl);
  }
}

function explain(error: unknown, apiUrl: string | undefined): Error {
  const said = error instanceof Error ? error.message : String(error);
  if (/token/i.test(said)) {
    return new RefusedError(
      "Discord does not accept DISCORD_TOKEN. Copy it again from https://discord.com/developers/applications, your application, Bot, Reset Token.",
      { cause: error },
    );
  }
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|fetch failed|connect/i.test(said + String((error as { code?: string }).code))) {
    return new Error(
      `Discord cannot be reached${apiUrl ? ` at ${apiUrl} (DISCORD_API_URL)` : ""}. Check the network, then start again.`,
      { cause: error },
    );
  }
  return new Error(`Discord did not let me in: ${said}`, { cause: error });
}
