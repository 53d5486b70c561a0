import type {
  APIInteractionGuildMember,
  APIMessage,
  BaseInteraction,
  Channel,
  ChatInputCommandInteraction,
  CommandInteractionOption,
  GuildMember,
  Message,
  MessageComponentInteraction,
} from "discord.js";
import type { Command } from "../../../core/command.ts";
import type { Caller, Place } from "../../../core/context.ts";
import { originMark } from "../draw/render.ts";
import { canSend, isModerator } from "../transport/permissions.ts";

/** The name of this platform in ids and places. */
export const platformName = "discord";

/** Where an interaction comes from. */
export function placeOf(interaction: BaseInteraction): Place {
  const { guildId, channelId, channel } = interaction;
  return { ...placeIn(guildId, channelId ?? "", channel), ...(isDirect(interaction) && { direct: true }) };
}

/** Whether an interaction comes from the direct messages with the bot: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-context-types */
export function isDirect({ context }: BaseInteraction): boolean {
  return context === 1;
}

/** A channel or a thread of a server. */
export function placeIn(guildId: string | null, channelId: string, channel: Channel | null): Place {
  const thread = channel?.isThread() ? channel.id : undefined;
  const parent = channel?.isThread() ? channel.parentId : null;
  return {
    platform: platformName,
    workspace: guildId ?? "direct",
    channel: parent ?? channelId,
    ...(thread !== undefined && { thread }),
    ...(channel?.isVoiceBased() && { flat: true }),
  };
}

/** The channel or thread that a place is posted to. */
export function channelOf(place: Place): string {
  return place.thread ?? place.channel;
}

/** Who used a command or a control. */
export function callerOf(interaction: BaseInteraction): Caller {
  const { user, member, memberPermissions, guild, locale, id } = interaction;
  const message = interaction.isMessageComponent() ? interaction.message.id : undefined;
  const name = member && "displayName" in member ? member.displayName : (member?.nick ?? user.displayName);
  return {
    person: {
      id: `${platformName}:${user.id}`,
      name,
      // Somebody who installed the commands for themselves brings them along into servers that have not added the bot.
      moderator: guild !== null && isModerator(memberPermissions?.bitfield),
      roles: member ? rolesOf(member) : [],
    },
    place: placeOf(interaction),
    // Every answer to an interaction is shown to its person, unless it is for the channel.
    private: true,
    mute: !mayPost(interaction),
    locale: locale ?? "en-GB",
    event: `${platformName}:interaction:${id}`,
    ...(message !== undefined && { message }),
  };
}

/** Whether the bot itself is here and may post: interactions are answered without that. */
function mayPost({ guild, channel, appPermissions }: BaseInteraction): boolean {
  return guild !== null && canSend(appPermissions.bitfield, channel?.isThread() ?? false);
}

/** The ids of somebody's roles; raw where the bot is not a member of the server. */
function rolesOf({ roles }: GuildMember | APIInteractionGuildMember): string[] {
  return Array.isArray(roles) ? roles : [...roles.cache.keys()];
}

/** Who wrote a message. */
export function callerOfMessage(message: Message): Caller {
  const { author, member, guild, channel, id } = message;
  const permissions = member && !channel.isDMBased() ? channel.permissionsFor(member)?.bitfield : undefined;
  return {
    person: {
      id: `${platformName}:${author.id}`,
      name: member?.displayName ?? author.displayName,
      moderator: isModerator(permissions),
      roles: member ? rolesOf(member) : [],
    },
    place: { ...placeIn(message.guildId, message.channelId, channel), ...(channel.isDMBased() && { direct: true }) },
    locale: guild?.preferredLocale ?? "en-GB",
    event: `${platformName}:message:${id}`,
  };
}

/** What was said to the bot, without the mention itself; null when the message is not for it. */
export function saidTo(bot: string, message: Message): string | null {
  const { author, webhookId, system, mentions, guildId, content } = message;
  if (author.bot || webhookId || system) return null;
  // A reply to the bot's message mentions it without naming it in the text.
  if (guildId !== null && !mentions.users.has(bot)) return null;
  return content
    .replace(new RegExp(`<@!?${bot}>`, "g"), " ")
    .replace(/^[\s,:]+/, "")
    .trimEnd();
}

/** The same for a message from the history. */
export function mentions(bot: string, { author, webhook_id, mentions: named }: APIMessage): boolean {
  return !author.bot && webhook_id === undefined && named.some(({ id }) => id === bot);
}

/** The word, the sub-command and the options that were filled in. */
export function readSlash(interaction: ChatInputCommandInteraction) {
  const sub = interaction.options.data.find(({ type }) => type === 1);
  const given: readonly CommandInteractionOption[] = sub?.options ?? (sub ? [] : interaction.options.data);
  return {
    word: interaction.commandName,
    sub: sub?.name ?? null,
    options: Object.fromEntries(given.map(({ name, value }) => [name, value])),
  };
}

/** Whether the answer to a press takes the place of the pressed message: it goes on with it, and only the presser sees that message. */
export function continues(
  { message, channel }: MessageComponentInteraction,
  name: string,
  commands: readonly Command[],
): boolean {
  const own = message.flags.has(64) || (channel?.isDMBased() ?? false);
  const replaces = commands.find((command) => command.name === name)?.replaces ?? false;
  return own && (replaces || message.components[0]?.id === originMark(name));
}

/** When an interaction or message was made, in milliseconds since the epoch: https://discord.com/developers/docs/reference#snowflakes */
export function madeAt(id: string): number {
  return Number((BigInt(id) >> 22n) + 1_420_070_400_000n);
}

/** The smallest id that something made at that time can have. */
export function idAt(time: number): string {
  return String(BigInt(Math.max(0, Math.floor(time) - 1_420_070_400_000)) << 22n);
}
