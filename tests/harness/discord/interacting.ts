import type { Asked, Delivery, DriverParts } from "./driver.ts";
import type { Exchange } from "./exchange.ts";
import { messageJson } from "./message-json.ts";
import { look } from "./seen.ts";
import { appPermissions, channelJson, memberJson, userJson } from "./wire.ts";
import type { Channel, Message, User, World } from "./world.ts";

/** Where an interaction is: in a server 0, with the bot alone 1, in other direct messages 2. */
export function contextOf(channel: Channel, world: World): number {
  if (channel.guild) return 0;
  return channel.type === 1 && channel.users?.includes(world.bot) ? 1 : 2;
}

/** Sends what a person's use of a command or a control looks like on the wire. */
export function createInteracting({ world, exchanges, dispatch }: DriverParts, user: User) {
  function interact(
    type: Exchange["type"],
    data: object,
    channel: Channel,
    { age = 0, copies = 1 }: Delivery,
    message?: Message,
    excused = false,
  ): Asked {
    const madeAt = Date.now() - age;
    const exchange: Exchange = {
      id: world.newId(madeAt),
      token: `token-${world.newId()}`,
      type,
      user,
      channel,
      madeAt,
      followUps: [],
      writes: 0,
      excused: excused || age > 2500 || copies > 1,
      ...(message && { message }),
    };
    exchanges.set(exchange.id, exchange);
    const { guild } = channel;
    const permissions = String(world.permissionsOf(user, channel));
    dispatch(
      "INTERACTION_CREATE",
      {
        id: exchange.id,
        token: exchange.token,
        application_id: world.applicationId,
        type,
        version: 1,
        data,
        channel_id: channel.id,
        channel: { ...channelJson(channel), permissions },
        app_permissions: appPermissions(channel, world),
        locale: user.locale,
        entitlements: [],
        authorizing_integration_owners: guild?.hosted ? { 0: guild.id } : { 1: user.id },
        context: contextOf(channel, world),
        attachment_size_limit: 10 * 1024 * 1024,
        ...(guild
          ? {
              guild_id: guild.id,
              guild_locale: "en-GB",
              guild: { id: guild.id, locale: "en-GB", features: [] },
              member: { ...memberJson(guild, user), user: userJson(user), permissions },
            }
          : { user: userJson(user) }),
        ...(message && { message: messageJson(message, world, true) }),
      },
      { guild: guild?.id, copies },
    );
    return asked(exchange);
  }

  function asked(exchange: Exchange): Asked {
    const what = `an answer to ${user.name}'s interaction`;
    return {
      exchange,
      answer: () =>
        world.until(
          () =>
            exchange.answer !== undefined &&
            exchange.writes > 0 &&
            exchange.original &&
            !exchange.original.loading &&
            look(exchange.original),
          what,
        ),
      modal: () => world.until(() => exchange.modal, `a window for ${user.name}`),
      choices: () => world.until(() => exchange.choices, `choices for ${user.name}`),
      followUp: () =>
        world.until(() => exchange.followUps[0] && look(exchange.followUps[0]), `a follow-up for ${user.name}`),
    };
  }

  return interact;
}
