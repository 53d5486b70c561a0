import type { Registered, RegisteredOption } from "./bot-routes.ts";
import type { DriverParts } from "./driver.ts";
import { contextOf } from "./interacting.ts";
import type { Channel, User } from "./world.ts";

/** Fills in commands as a person's client would, and refuses what it would not offer. */
export function createCommanding({ world, commands }: DriverParts, user: User, refuse: (said: string) => never) {
  /** The command as this person's client knows it here. */
  function registered(type: number, name: string, channel: Channel): Registered {
    const guild = channel.guild?.id;
    const found = commands.find(
      ({ body, guild: only }) =>
        (body.type ?? 1) === type && body.name === name && (only === undefined || only === guild),
    );
    if (!found) return refuse(`there is no command ${name}`);
    const { contexts, integration_types: installs } = found.body;
    if (contexts && !contexts.includes(contextOf(channel, world))) refuse(`${name} is not offered here`);
    if (installs && !channel.guild?.hosted && contextOf(channel, world) !== 1 && !installs.includes(1))
      refuse(`${name} is not installed for ${user.name}`);
    const needed = found.body.default_member_permissions;
    if (typeof needed === "string" && channel.guild && !(world.permissionsOf(user, channel) & BigInt(needed)))
      refuse(`${name} is not shown to ${user.name}`);
    return found;
  }

  function readOption(option: RegisteredOption, value: string | number): object {
    const {
      type,
      name,
      choices,
      min_value = -Infinity,
      max_value = Infinity,
      min_length = 0,
      max_length = 6000,
    } = option;
    if (choices && !choices.some((choice) => choice.value === value))
      refuse(`${name} is one of ${choices.map((choice) => choice.value).join(", ")}`);
    if (type === 4 || type === 10) {
      if (typeof value !== "number" || value < min_value || value > max_value)
        refuse(`${name} is a number from ${min_value} to ${max_value}`);
    } else if (String(value).length < min_length || String(value).length > max_length)
      refuse(`${name} has ${min_length} to ${max_length} characters`);
    return { name, type, value };
  }

  /** A slash command's data from its full name, for example `quiz start`. */
  function slashData(full: string, given: Record<string, string | number>, channel: Channel, focused?: string) {
    const [word = "", sub] = full.split(" ");
    const { id, guild, body } = registered(1, word, channel);
    const group = (body.options ?? []).some(({ type }) => type === 1);
    const within = group ? body.options?.find(({ type, name }) => type === 1 && name === sub) : undefined;
    if (group !== (sub !== undefined) || (group && !within)) refuse(`there is no command ${full}`);
    const offered = (within ? within.options : body.options) ?? [];
    const unknown = Object.keys(given).find((name) => !offered.some((one) => one.name === name));
    if (unknown) refuse(`${full} has no option ${unknown}`);
    const missing = offered.find(({ name, required }) => required && given[name] === undefined);
    if (missing && !focused) refuse(`${full} needs ${missing.name}`);
    if (focused && !offered.some(({ name, autocomplete }) => name === focused && autocomplete))
      refuse(`${focused} is not completed`);
    const options = offered.flatMap((one) => {
      const value = given[one.name];
      if (value === undefined) return [];
      return one.name === focused
        ? [{ name: one.name, type: one.type, value, focused: true }]
        : [readOption(one, value)];
    });
    const shown = within ? [{ name: within.name, type: 1, options }] : options;
    return { id, name: word, type: 1, ...(guild !== undefined && { guild_id: guild }), options: shown };
  }

  return { registered, slashData };
}
