import type { APIApplicationCommand, REST, RESTPostAPIApplicationCommandsJSONBody } from "discord.js";

/** The registered commands by their name, each with the id that a mention of it needs. */
export type CommandIds = ReadonlyMap<string, string>;

/**
 * Tells Discord the commands, but only when they differ from what it has. Returns whether it wrote anything, and the slash commands' ids.
 * `guild`: registers there only, where changes show at once. Throws the library's errors.
 */
export async function register(
  rest: REST,
  application: string,
  wanted: readonly RESTPostAPIApplicationCommandsJSONBody[],
  guild?: string,
): Promise<{ wrote: boolean; ids: CommandIds }> {
  const route = `/applications/${application}${guild ? `/guilds/${guild}` : ""}/commands` as const;
  const known = (await rest.get(route)) as APIApplicationCommand[];
  if (sameCommands(known, wanted)) return { wrote: false, ids: idsOf(known) };
  return { wrote: true, ids: idsOf((await rest.put(route, { body: wanted })) as APIApplicationCommand[]) };
}

const idsOf = (known: readonly APIApplicationCommand[]): CommandIds =>
  new Map(known.filter(({ type }) => type === 1).map(({ name, id }) => [name, id]));

/** Whether the commands Discord has are the wanted ones, whatever it added to them. */
export function sameCommands(known: readonly object[], wanted: readonly object[]): boolean {
  return fingerprint(known) === fingerprint(wanted);
}

/** Commands in an order and a shape of their own, without what Discord adds and without what means the same as leaving it out. */
function fingerprint(commands: readonly object[]): string {
  return JSON.stringify(commands.map((command) => normal(command, true)).sort((a, b) => (a < b ? -1 : 1)));
}

const topLevel = ["contexts", "integration_types", "default_member_permissions"];
const compared = [
  "type",
  "name",
  "description",
  "required",
  "autocomplete",
  "min_value",
  "max_value",
  "min_length",
  "max_length",
];

function normal(value: object, top: boolean): string {
  const given = value as Record<string, unknown>;
  const kept = [...compared, ...(top ? topLevel : [])].flatMap((key) => {
    const one = given[key];
    return one === undefined || one === null || one === false || one === "" ? [] : [[key, one]];
  });
  const choices = ((given.choices ?? []) as { name: string; value: unknown }[]).map(({ name, value: choice }) => [
    name,
    choice,
  ]);
  const options = ((given.options ?? []) as object[]).map((option) => normal(option, false));
  return JSON.stringify([kept, choices, options]);
}
