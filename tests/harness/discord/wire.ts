import type { APIChannel, APIGuildMember, APIUser, GatewayGuildCreateDispatchData } from "discord-api-types/v10";
import { bits, botPermissions, everyonePermissions } from "./permissions.ts";
import { type Channel, type Guild, roleOf, type User, type World } from "./world.ts";

/** What Discord writes on the wire. Fields that it leaves out are left out here: a null in their place stops the client library. */
export function userJson({ id, name, bot }: User): APIUser {
  return {
    id,
    username: name.toLowerCase().replace(/\W/g, "_"),
    discriminator: "0",
    global_name: name,
    avatar: null,
    bot,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
  } as unknown as APIUser;
}

const joined = "2026-01-05T09:00:00.000000+00:00";

/** A member as events show it, without the account. */
export function memberJson({ members, nicks }: Guild, user: User): Omit<APIGuildMember, "user"> {
  return {
    roles: members.has(user.id) || user.bot ? [roleOf(user)] : [],
    joined_at: joined,
    deaf: false,
    mute: false,
    flags: 0,
    nick: nicks.get(user.id) ?? null,
    avatar: null,
    banner: null,
    premium_since: null,
    communication_disabled_until: null,
    pending: false,
  } as unknown as Omit<APIGuildMember, "user">;
}

function roleJson(id: string, name: string, permissions: bigint, position: number) {
  return {
    id,
    name,
    permissions: String(permissions),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

/** A channel, direct channel or thread. */
export function channelJson(channel: Channel): APIChannel {
  const { id, type, name, guild, parent, users, archived, denied, lastMessage, overwrites = [] } = channel;
  const last = { last_message_id: lastMessage ?? null };
  if (!guild)
    return {
      id,
      type,
      ...last,
      recipients: (users ?? []).filter(({ bot }) => !bot).map(userJson),
      flags: 0,
    } as unknown as APIChannel;
  if (type === 11) {
    return {
      id,
      type,
      name,
      guild_id: guild.id,
      parent_id: parent?.id,
      owner_id: guild.owner,
      ...last,
      message_count: 0,
      member_count: 1,
      rate_limit_per_user: 0,
      flags: 0,
      total_message_sent: 0,
      thread_metadata: {
        archived,
        auto_archive_duration: 1440,
        archive_timestamp: joined,
        locked: false,
        create_timestamp: joined,
      },
    } as unknown as APIChannel;
  }
  return {
    id,
    type,
    name,
    guild_id: guild.id,
    position: 0,
    permission_overwrites: [
      ...(denied ? [{ id: guild.id, type: 0, allow: "0", deny: String(denied) }] : []),
      ...overwrites.map(({ allow, deny, ...whose }) => ({ ...whose, allow: String(allow), deny: String(deny) })),
    ],
    nsfw: false,
    parent_id: null,
    topic: null,
    rate_limit_per_user: 0,
    flags: 0,
    ...last,
    ...((type === 2 || type === 13) && { bitrate: 64_000, user_limit: 0, rtc_region: null, video_quality_mode: 1 }),
    ...(type === 15 && {
      available_tags: [],
      default_reaction_emoji: null,
      default_sort_order: null,
      default_forum_layout: 0,
    }),
  } as unknown as APIChannel;
}

/** A server as a new session is told about it. */
export function guildJson(guild: Guild, world: World): GatewayGuildCreateDispatchData {
  const channels = [...world.channels.values()].filter((one) => one.guild === guild);
  const named = [...guild.members].flatMap(([id, permissions]) => {
    const user = world.users.get(id);
    return user ? [{ user, permissions }] : [];
  });
  const own = guild.members.get(world.bot.id) ?? botPermissions;
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.owner,
    unavailable: false,
    joined_at: joined,
    large: false,
    member_count: world.users.size,
    roles: [
      // The bot's rights come from its own role, and nobody else's from everyone's beyond what learners have.
      roleJson(guild.id, "@everyone", everyonePermissions & own, 0),
      roleJson(roleOf(world.bot), "Bakehouse", own, 1),
      ...named
        .filter(({ user }) => user !== world.bot)
        .map(({ user, permissions }, at) => roleJson(roleOf(user), user.name, permissions, at + 2)),
    ],
    members: [{ ...memberJson(guild, world.bot), user: userJson(world.bot) }],
    channels: channels.filter(({ type }) => type !== 11).map(channelJson),
    threads: channels.filter(({ type, archived }) => type === 11 && !archived).map(channelJson),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    emojis: [],
    stickers: [],
    features: [],
    preferred_locale: "en-GB",
    system_channel_flags: 0,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
  } as unknown as GatewayGuildCreateDispatchData;
}

/** What the bot may do in a channel, as an interaction tells it. */
export function appPermissions(channel: Channel, world: World): string {
  if (channel.guild && !channel.guild.hosted) return String(everyonePermissions & bits.view);
  return String(world.permissionsOf(world.bot, channel));
}
