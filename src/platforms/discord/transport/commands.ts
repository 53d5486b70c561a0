import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
  APIApplicationCommandSubcommandOption,
  RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { z } from "zod";
import type { Command } from "../../../core/command.ts";
import { cut } from "../draw/safe.ts";
import type { Menu } from "../intake/menus.ts";
import { limits } from "../limits.ts";

type Declared = RESTPostAPIApplicationCommandsJSONBody;

/** Manage Server: who sees commands that are only for moderators. A server's owner may change it. */
const manageGuild = String(1n << 5n);
const everywhere = { contexts: [0, 1, 2], integration_types: [0, 1] };
const servers = { contexts: [0], integration_types: [0] };

/** The command words as Discord's application commands, with the menus on messages. `global` ones say where they may be used. */
export function declare(commands: readonly Command[], menus: readonly Menu[], global: boolean): Declared[] {
  const slash = groupsOf(commands).map(([word, group]): Declared => {
    const bare = group.length === 1 && group[0]?.name === word ? group[0] : undefined;
    const options: APIApplicationCommandOption[] = bare ? optionsOf(bare) : group.map((command) => subcommand(command));
    return {
      type: 1,
      name: word,
      description: describe(bare?.summary ?? group.map(({ name }) => nameWithin(name)).join(", ")),
      options,
      ...reachOf(group, global),
      ...(group.every(({ moderator, host }) => moderator || host) && { default_member_permissions: manageGuild }),
    };
  });
  const onMessages = menus.flatMap((menu): Declared[] => {
    const command = commands.find(({ name }) => name === menu.command);
    return command ? [{ type: 3, name: menu.name, ...reachOf([command], global) }] : [];
  });
  return [...slash, ...onMessages];
}

/** The command that a slash command and its sub-command stand for. */
export function findCommand(commands: readonly Command[], word: string, sub: string | null): Command | undefined {
  if (sub === null) return commands.find(({ name }) => name === word);
  return (
    commands.find(({ name }) => name === `${word} ${sub}`) ??
    (sub === bareName ? findCommand(commands, word, null) : undefined)
  );
}

/** A word that is a command itself and the first word of others too cannot be used alone on Discord: `progress` is `/progress show`. */
const bareName = "show";

function nameWithin(name: string): string {
  return name.split(" ")[1] ?? bareName;
}

function groupsOf(commands: readonly Command[]): [string, Command[]][] {
  const shown = commands.filter(({ hidden }) => !hidden);
  const words = [...new Set(shown.map(({ name }) => name.split(" ")[0] ?? name))];
  return words.map((word) => [word, shown.filter(({ name }) => name === word || name.startsWith(`${word} `))]);
}

/** Contexts may be named for global commands only: https://discord.com/developers/docs/interactions/application-commands#contexts */
function reachOf(group: readonly Command[], global: boolean) {
  if (!global) return {};
  return group.every(({ reach }) => reach === "community") ? servers : everywhere;
}

function subcommand(command: Command): APIApplicationCommandSubcommandOption {
  return {
    type: 1,
    name: nameWithin(command.name),
    description: describe(command.summary),
    options: optionsOf(command),
  };
}

interface Property {
  type?: string;
  description?: string;
  enum?: (string | number)[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

function optionsOf(command: Command): APIApplicationCommandBasicOption[] {
  const schema = z.toJSONSchema(command.options, { io: "input" }) as {
    properties?: Record<string, Property>;
    required?: string[];
  };
  const required = (name: string) => schema.required?.includes(name) ?? false;
  return Object.entries(schema.properties ?? {})
    .map(([name, property]) => optionOf(name, property, required(name), command.complete?.[name] !== undefined))
    .sort((a, b) => Number(b.required) - Number(a.required))
    .slice(0, limits.commandOptions);
}

function optionOf(
  name: string,
  property: Property,
  required: boolean,
  completes: boolean,
): APIApplicationCommandBasicOption {
  const base = { name, description: describe(property.description ?? name), required };
  if (property.type === "integer" || property.type === "number") {
    const bounds = {
      ...(within(property.minimum) && { min_value: property.minimum }),
      ...(within(property.maximum) && { max_value: property.maximum }),
    };
    return property.type === "integer" ? { ...base, type: 4, ...bounds } : { ...base, type: 10, ...bounds };
  }
  if (property.enum) {
    return { ...base, type: 3, choices: property.enum.map((value) => ({ name: String(value), value: String(value) })) };
  }
  return {
    ...base,
    type: 3,
    ...(property.minLength && { min_length: Math.min(property.minLength, limits.stringOption) }),
    ...(property.maxLength && { max_length: Math.min(property.maxLength, limits.stringOption) }),
    ...(completes && { autocomplete: true }),
  };
}

/** Zod writes JavaScript's largest numbers where a schema has no bound. */
function within(bound: number | undefined): bound is number {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}

function describe(sentence: string): string {
  return cut(sentence, limits.commandDescription);
}
