import type { Delivery, DriverParts } from "./driver.ts";
import { messageJson } from "./message-json.ts";
import { memberJson } from "./wire.ts";
import type { Channel, Message, User } from "./world.ts";

const intents = { guildMessages: 1 << 9, directMessages: 1 << 12 };

/** Writes messages and has them told to the bot. */
export function createTalking({ world, dispatch }: DriverParts, user: User, refuse: (said: string) => never) {
  function say(channel: Channel, content: string, delivery: Delivery, extra: Partial<Message> = {}): Message {
    if (content.length > 4000) refuse("a message has at most 4000 characters");
    const mentions = [...world.users.values()].filter(
      ({ id }) => content.includes(`<@${id}>`) || content.includes(`<@!${id}>`),
    );
    const message = world.say({
      channel,
      author: user,
      content,
      mentions,
      mentionsEveryone: /@(everyone|here)/.test(content),
      ...extra,
    });
    tell(message, delivery.copies ?? 1);
    return message;
  }

  function tell(message: Message, copies = 1) {
    const { guild } = message.channel;
    dispatch(
      "MESSAGE_CREATE",
      {
        ...messageJson(message, world),
        channel_type: message.channel.type,
        ...(guild && { guild_id: guild.id, member: memberJson(guild, user) }),
      },
      { intent: guild ? intents.guildMessages : intents.directMessages, guild: guild?.id, copies },
    );
    world.changed();
  }

  return { say, tell };
}
