import { commands } from "../../commands/index.ts";
import { readText } from "../../src/core/text.ts";
import type { Asked } from "../harness/discord/driver.ts";
import { startFakeDiscord } from "../harness/discord/fake-discord.ts";
import { look } from "../harness/discord/seen.ts";
import type { Group } from "./group.ts";
import { patiently } from "./table.ts";

/** People in a Discord of their own, with Discord's own deadlines. */
export async function openDiscordGroup(people: readonly string[]): Promise<Group> {
  const discord = await startFakeDiscord();
  const { world } = discord;
  const deedOf = ({ exchange }: Asked) => ({
    told: () => {
      const { original, writes } = exchange;
      return original && writes > 0 && !original.loading ? look(original).text : undefined;
    },
  });
  const messageOf = (id: string) => {
    const message = world.messages.get(id);
    if (!message) throw new Error(`there is no message ${id}`);
    return message;
  };

  return {
    name: "Discord",
    people,
    learner: (who) => `discord:${discord.as(who).user.id}`,
    mention(who, words) {
      const message = discord.as(who).mention(words);
      return {
        answers: () =>
          [...world.messages.values()]
            .filter(({ author, answers }) => author === world.bot && answers === message)
            .map((one) => look(one).text),
      };
    },
    direct(who, words, mark) {
      const { channel } = discord.as(who).dm(words);
      return {
        answers: () =>
          [...world.messages.values()]
            .filter((one) => one.channel === channel && one.author === world.bot)
            .map((one) => look(one).text)
            .filter((text) => text.includes(mark)),
      };
    },
    command(who, line) {
      const { command, options } = readText(line, commands);
      const given = Object.entries(options).map(([name, value]) => [
        name,
        ["questions", "guess"].includes(name) ? Number(value) : value,
      ]);
      return deedOf(discord.as(who).slash(command, Object.fromEntries(given)));
    },
    press: (who, { id }, label) => deedOf(discord.as(who).press(messageOf(id), label)),
    posts: () =>
      [...world.messages.values()]
        .filter(
          ({ author, channel, answers, onlyFor, interaction }) =>
            author === world.bot && channel.guild && !answers && !onlyFor && !interaction,
        )
        .map((message) => ({
          id: message.id,
          thread: message.channel === world.study ? "" : message.channel.id,
          text: look(message).text,
          buttons: look(message).buttons,
        })),
    async killed() {
      await patiently(
        world,
        () => !discord.gateway.connected(),
        () => "the killed bot's socket stays open",
      );
      // Discord sends what its next session missed to nobody, and shows people that the application did not respond.
      discord.gateway.forget();
      for (const exchange of discord.exchanges.values()) exchange.excused ||= exchange.answer === undefined;
    },
    late: () => discord.late.length,
    until: async (found, what) => void (await patiently(world, found, what)),
    problems: () => discord.verdict(),
    stop: () => discord.stop(),
    environment: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
  };
}
