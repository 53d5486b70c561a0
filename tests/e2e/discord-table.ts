import { commands } from "../../commands/index.ts";
import { readText } from "../../src/core/text.ts";
import { startFakeDiscord } from "../harness/discord/fake-discord.ts";
import { look } from "../harness/discord/seen.ts";
import type { Message } from "../harness/discord/world.ts";
import { patiently, type Shown, type Table } from "./table.ts";

/** A Discord of its own with a study channel. */
export async function openDiscordTable() {
  const discord = await startFakeDiscord();
  const { world } = discord;
  let before = new Map<Message, number>();

  const find = (who: string, pattern: RegExp): Shown | undefined => {
    const person = discord.as(who);
    const message = [...world.messages.values()].findLast(
      (one) =>
        one.author === world.bot &&
        !one.loading &&
        (!one.onlyFor || one.onlyFor === person.user) &&
        before.get(one) !== one.edits &&
        pattern.test(look(one).text),
    );
    if (!message) return undefined;
    const { text, buttons, pictures, files, private: hidden } = look(message);
    return {
      ...{ text, buttons, pictures, files, private: hidden },
      press: (by, label) => void discord.as(by).press(message, label),
    };
  };

  const table: Table = {
    name: "Discord",
    mention: (who, line) => void discord.as(who).mention(line),
    command(who, line) {
      const { command, options } = readText(line, commands);
      const [word = "", sub] = command.split(" ");
      const group = discord.registered.find(({ body }) => body.name === word)?.body.options ?? [];
      const offered = group.find(({ type, name }) => type === 1 && name === sub)?.options ?? group;
      const numeric = new Set(offered.filter(({ type }) => type === 4 || type === 10).map(({ name }) => name));
      const given = Object.entries(options).map(([name, value]) => [name, numeric.has(name) ? Number(value) : value]);
      const full = group.some(({ type }) => type === 1) && sub === undefined ? `${word} show` : command;
      discord.as(who).slash(full, Object.fromEntries(given));
    },
    typed: (line) => `/${line}`,
    mark() {
      before = new Map([...world.messages.values()].map((one) => [one, one.edits]));
    },
    see: (who, pattern) =>
      patiently(
        world,
        () => find(who, pattern),
        () =>
          `${who} did not see ${pattern} on Discord; there is:\n${discord
            .as(who)
            .sees()
            .slice(-4)
            .map(({ text }) => text)
            .join("\n---\n")}\n${discord.verdict().join("\n")}`,
      ),
    count: (pattern) =>
      [...world.messages.values()].filter(
        (one) => one.author === world.bot && !one.onlyFor && pattern.test(look(one).text),
      ).length,
    async connected(yes) {
      await patiently(
        world,
        () => discord.gateway.connected() === yes,
        () => "Discord's gateway",
      );
    },
    problems: () => discord.verdict(),
    stop: () => discord.stop(),
  };
  return {
    ...table,
    discord,
    environment: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
  };
}
