import type { Actor } from "../harness/slack/actor.ts";
import { startFakeSlack } from "../harness/slack/fake-slack.ts";
import { labels } from "../harness/slack/reading.ts";
import type { SlackMessage } from "../harness/slack/world.ts";
import { readBlocks } from "./read-blocks.ts";
import { patiently, type Shown, type Table } from "./table.ts";

/** A Slack workspace of its own with a study channel, over Socket Mode. */
export async function openSlackTable() {
  const slack = await startFakeSlack();
  const channel = slack.channel.id;
  const people = new Map<string, Actor>();
  const clientErrors: string[] = [];
  let before = new Map<SlackMessage, number>();

  const person = (name: string) => {
    const known = people.get(name) ?? slack.join(name);
    people.set(name, known);
    return known;
  };
  const keep = (work: Promise<unknown>) => void work.catch((error: unknown) => clientErrors.push(String(error)));
  const seenBy = (who: string) => {
    const actor = person(who);
    return [...actor.sees(channel), ...actor.sees(actor.direct().id)];
  };

  const find = (who: string, pattern: RegExp): Shown | undefined => {
    const message = seenBy(who).findLast(
      (one) =>
        !one.streaming && before.get(one) !== one.versions.length && pattern.test(readBlocks(one.blocks, slack.team)),
    );
    if (!message) return undefined;
    // Files come into the thread below their message, after it.
    const files = [...slack.team.channels.values()]
      .flatMap(({ messages }) => messages)
      .filter((one) => one === message || (one.thread === (message.thread ?? message.ts) && one.user === message.user))
      .flatMap((one) => one.files);
    const text = readBlocks(message.blocks, slack.team);
    if (/^Picture: /m.test(text) && files.length === 0) return undefined;
    return {
      text: text.replace(/^Picture: .*\n*/gm, ""),
      buttons: labels(message.blocks),
      pictures: files.flatMap(({ alt }) => alt ?? []),
      files: files.map(({ name }) => name),
      private: message.onlyFor !== undefined || message.channel !== channel,
      press: (by, label) => keep(person(by).press(message, label)),
    };
  };

  const table: Table = {
    name: "Slack",
    mention: (who, line) => keep(person(who).mention(channel, line)),
    command: (who, line) => keep(person(who).slash(channel, line)),
    typed: (line) => `/tutor ${line}`,
    mark() {
      const all = [...slack.team.channels.values()].flatMap(({ messages }) => messages);
      before = new Map(all.map((one) => [one, one.versions.length]));
    },
    see: (who, pattern) =>
      patiently(
        slack.world,
        () => find(who, pattern),
        () =>
          `${who} did not see ${pattern} on Slack; there is:\n${seenBy(who)
            .toSorted((a, b) => Number(a.ts) - Number(b.ts))
            .slice(-4)
            .map(({ blocks }) => readBlocks(blocks, slack.team))
            .join("\n---\n")}\n${slack.problems.join("\n")}`,
      ),
    count: (pattern) =>
      slack.channel.messages.filter(
        (one) =>
          one.user === slack.team.botUser &&
          !one.onlyFor &&
          !one.deleted &&
          pattern.test(readBlocks(one.blocks, slack.team)),
      ).length,
    async connected(yes) {
      await patiently(
        slack.world,
        () => slack.delivery.sockets.size > 0 === yes,
        () => "Slack's socket",
      );
    },
    problems: () => [...slack.problems, ...clientErrors],
    stop: () => slack.stop(),
  };
  return {
    ...table,
    slack,
    environment: {
      SLACK_BOT_TOKEN: slack.team.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    },
  };
}
