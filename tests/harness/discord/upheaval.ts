import { channelJson } from "./wire.ts";
import type { Channel, Guild, Message, World } from "./world.ts";

type Dispatch = (event: string, data: unknown, how?: { intent?: number; guild?: string | undefined }) => void;

const intents = { guilds: 1, messages: 1 << 9 };

/** What moderators and Discord itself do to the places a bot is in. */
export function createUpheaval(world: World, dispatch: Dispatch) {
  const forget = (channel: Channel) => {
    world.channels.delete(channel.id);
    for (const { id, channel: where } of [...world.messages.values()]) if (where === channel) world.messages.delete(id);
  };
  const tell = (event: string, data: unknown, guild: Guild | undefined, intent = intents.guilds) => {
    dispatch(event, data, { intent, guild: guild?.id });
    world.changed();
  };

  return {
    deleteMessage(message: Message): void {
      world.messages.delete(message.id);
      const { id, guild } = message.channel;
      tell("MESSAGE_DELETE", { id: message.id, channel_id: id, guild_id: guild?.id }, guild, intents.messages);
    },
    /** A thread with everything in it; the message it hangs on stays. */
    deleteThread(thread: Channel): void {
      forget(thread);
      for (const message of world.messages.values()) if (message.thread === thread) delete message.thread;
      const { id, guild, parent, type } = thread;
      tell("THREAD_DELETE", { id, guild_id: guild?.id, parent_id: parent?.id, type }, guild);
    },
    /** A channel with its threads. */
    deleteChannel(channel: Channel): void {
      for (const one of [...world.channels.values()]) if (one.parent === channel) forget(one);
      forget(channel);
      tell("CHANNEL_DELETE", channelJson(channel), channel.guild);
    },
    /** Somebody removes the bot from the server, or deletes the server. */
    removeBot(guild: Guild): void {
      guild.hosted = false;
      tell("GUILD_DELETE", { id: guild.id }, guild);
    },
    /** The server cannot be reached for a while. */
    outage(guild: Guild): void {
      tell("GUILD_DELETE", { id: guild.id, unavailable: true }, guild);
    },
    /** Tells the bot about a change of a message, whether it has seen the message or not. */
    update(event: "MESSAGE_UPDATE" | "THREAD_UPDATE", data: unknown, guild: Guild): void {
      tell(event, data, guild, event === "MESSAGE_UPDATE" ? intents.messages : intents.guilds);
    },
  };
}
