import { botPermissions } from "./permissions.ts";
import { refusals } from "./refusal.ts";
import type { Route } from "./rest.ts";
import { channelJson, memberJson, userJson } from "./wire.ts";
import type { Guild, World } from "./world.ts";

/** What a bot asks about the servers it is in. */
export function createGuildRoutes(world: World): Route[] {
  const hosting = (id: string): Guild => {
    const guild = world.guilds.get(id);
    if (!guild?.hosted) throw refusals.unknownGuild();
    return guild;
  };
  return [
    {
      method: "GET",
      path: "/users/@me/guilds",
      handle: () =>
        [...world.guilds.values()]
          .filter(({ hosted }) => hosted)
          .map((guild) => ({
            id: guild.id,
            name: guild.name,
            icon: null,
            banner: null,
            owner: false,
            permissions: String(guild.members.get(world.bot.id) ?? botPermissions),
            features: [],
          })),
    },
    {
      method: "GET",
      path: "/guilds/:guild/channels",
      handle: (_, [id = ""]) =>
        [...world.channels.values()].filter(({ guild, type }) => guild === hosting(id) && type !== 11).map(channelJson),
    },
    {
      method: "GET",
      path: "/guilds/:guild/members/:user",
      handle(_, [id = "", person = ""]) {
        const guild = hosting(id);
        const user = world.users.get(person);
        if (!user) throw refusals.unknownMember();
        return { ...memberJson(guild, user), user: userJson(user) };
      },
    },
  ];
}
