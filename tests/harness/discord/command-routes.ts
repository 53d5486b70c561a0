import type { BotRouteParts, Registered } from "./bot-routes.ts";
import { refusals } from "./refusal.ts";
import type { Route } from "./rest.ts";

/** The lists of commands, for everywhere and for single servers. */
export function createCommandRoutes({ world, composing }: Pick<BotRouteParts, "world" | "composing">) {
  const commands: Registered[] = [];
  const writes = { commands: 0 };

  function replaceCommands(guild: string | undefined, body: unknown): unknown {
    const list = body as Registered["body"][];
    composing.refuse("commands", commandRules(list, guild));
    for (const one of list) composing.schema("commands", "ApplicationCommandUpdateRequestSchema", one);
    if (guild !== undefined && !world.guilds.has(guild)) throw refusals.access();
    writes.commands++;
    const kept = commands.filter((one) => one.guild !== guild);
    commands.splice(
      0,
      commands.length,
      ...kept,
      ...list.map((one) => ({ id: world.newId(), ...(guild !== undefined && { guild }), body: one })),
    );
    return listCommands(guild);
  }

  const listCommands = (guild: string | undefined) =>
    commands
      .filter((one) => one.guild === guild)
      .map(({ id, body }) => ({
        id,
        application_id: world.applicationId,
        version: id,
        default_member_permissions: null,
        description: "",
        nsfw: false,
        dm_permission: true,
        ...(guild === undefined ? { contexts: null, integration_types: [0] } : { guild_id: guild }),
        ...body,
      }));

  const routes: Route[] = [
    { method: "GET", path: "/applications/:app/commands", handle: () => listCommands(undefined) },
    { method: "PUT", path: "/applications/:app/commands", handle: ({ body }) => replaceCommands(undefined, body) },
    { method: "GET", path: "/applications/:app/guilds/:guild/commands", handle: (_, [, guild]) => listCommands(guild) },
    {
      method: "PUT",
      path: "/applications/:app/guilds/:guild/commands",
      handle: ({ body }, [, guild]) => replaceCommands(guild, body),
    },
  ];
  return { routes, commands, writes };
}

/** What the official document does not say about commands. */
function commandRules(list: Registered["body"][], guild: string | undefined): string[] {
  const size = (value: unknown): number => {
    if (typeof value !== "object" || value === null) return 0;
    const {
      name = "",
      description = "",
      value: choice = "",
      options = [],
      choices = [],
    } = value as Record<string, never[]>;
    return (
      String(name).length +
      String(description).length +
      String(choice).length +
      [...options, ...choices].reduce((sum, one) => sum + size(one), 0)
    );
  };
  const names = list.map(({ type = 1, name }) => `${type}:${name}`);
  return list
    .flatMap((one) => {
      const slash = (one.type ?? 1) === 1;
      const leaves = (one.options ?? []).flatMap((option) => (option.type <= 2 ? [] : [option]));
      const subs = (one.options ?? []).filter(({ type }) => type <= 2);
      const lists = [one.options ?? [], ...subs.map(({ options }) => options ?? [])];
      return [
        slash && !/^[-_'\p{L}\p{N}]{1,32}$/u.test(one.name) && `${one.name}: not a name for a command`,
        slash && one.name !== one.name.toLowerCase() && `${one.name}: not in lower case`,
        slash && !one.description && `${one.name}: no description`,
        !slash && one.description && `${one.name}: a menu has no description`,
        size(one) > 8000 && `${one.name}: ${size(one)} characters, at most 8000`,
        leaves.length > 0 && subs.length > 0 && `${one.name}: options beside sub-commands`,
        guild !== undefined &&
          (one.contexts || one.integration_types) &&
          `${one.name}: contexts are for global commands`,
        ...lists.flatMap((options) => [
          options.some(
            (option, at) => option.required && options.slice(0, at).some(({ required, type }) => type > 2 && !required),
          ) && `${one.name}: a required option after an optional one`,
          options.some(({ choices, autocomplete }) => choices && autocomplete) &&
            `${one.name}: choices beside autocomplete`,
          new Set(options.map(({ name }) => name)).size < options.length && `${one.name}: an option twice`,
        ]),
      ].filter((said): said is string => typeof said === "string");
    })
    .concat(
      new Set(names).size < names.length ? ["a command twice"] : [],
      list.filter(({ type }) => (type ?? 1) === 1).length > 100 ? ["more than 100 commands"] : [],
    );
}
