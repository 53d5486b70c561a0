import { startFakeSlack } from "../harness/slack/fake-slack.ts";
import { labels, wordsOf } from "../harness/slack/reading.ts";
import type { SlackMessage } from "../harness/slack/world.ts";
import type { Deed, Group } from "./group.ts";
import { patiently } from "./table.ts";

/** People in a Slack workspace of their own, with Slack's own deadline; events come again a little faster than Slack's 0, 60 and 300 s. */
export async function openSlackGroup(names: readonly string[]): Promise<Group & { doubled(): number }> {
  const slack = await startFakeSlack({ retryMs: [0, 5_000, 30_000] });
  const { channel, team, world } = slack;
  // A bot that is killed leaves envelopes behind.
  slack.delivery.expectSilence = true;
  const people = new Map(names.map((name) => [name, slack.join(name)]));
  const person = (who: string) => {
    const found = people.get(who);
    if (!found) throw new Error(`nobody is called ${who}`);
    return found;
  };
  const fails: string[] = [];
  const keep = (work: Promise<unknown>) => void work.catch((error: unknown) => fails.push(String(error)));
  const deed = (who: string, act: () => Promise<unknown>): Deed => {
    const before = channel.messages.length;
    const { id } = person(who);
    keep(act());
    return {
      told: () => {
        const said = channel.messages.slice(before).find(({ onlyFor }) => onlyFor === id);
        return said && wordsOf(said.blocks);
      },
    };
  };
  const byBot = ({ user, onlyFor, deleted }: SlackMessage) => user === team.botUser && !onlyFor && !deleted;
  const asked = new Set<string>();
  const messageOf = (ts: string) => {
    const message = channel.messages.find((one) => one.ts === ts);
    if (!message) throw new Error(`there is no message ${ts}`);
    return message;
  };
  /** A post that a killed bot could not note stays as it is; the next one posted it again. */
  const isLost = (message: SlackMessage) => {
    const key = keyOf(message);
    return key !== undefined && channel.messages.findLast((one) => byBot(one) && keyOf(one) === key) !== message;
  };
  const keyOf = ({ metadata }: SlackMessage) => (metadata?.event_payload as { key?: string } | undefined)?.key;

  return {
    name: "Slack",
    people: names,
    learner: (who) => `slack:${team.id}:${person(who).id}`,
    mention(who, words) {
      const before = channel.messages.length;
      keep(person(who).mention(channel.id, words));
      const { ts } = messageOf(channel.messages[before]?.ts ?? "");
      asked.add(ts);
      return {
        answers: () =>
          channel.messages.filter((one) => byBot(one) && one.thread === ts).map(({ blocks }) => wordsOf(blocks)),
      };
    },
    direct(who, words, mark) {
      keep(person(who).dm(words));
      const { messages } = person(who).direct();
      return {
        answers: () =>
          messages
            .filter(byBot)
            .map(({ blocks }) => wordsOf(blocks))
            .filter((text) => text.includes(mark)),
      };
    },
    command: (who, line) => deed(who, () => person(who).slash(channel.id, line)),
    press: (who, { id }, label) => deed(who, () => person(who).press(messageOf(id), label)),
    posts: () =>
      channel.messages
        .filter((one) => byBot(one) && !asked.has(one.thread ?? "") && !isLost(one))
        .map(({ ts, thread = "", blocks }) => ({ id: ts, thread, text: wordsOf(blocks), buttons: labels(blocks) })),
    /** Announcements that stand there more than once. */
    doubled() {
      const keys = channel.messages.filter(byBot).flatMap((one) => keyOf(one) ?? []);
      return keys.length - new Set(keys).size;
    },
    async killed() {
      await patiently(
        world,
        () => slack.delivery.sockets.size === 0,
        () => "the killed bot's socket stays open",
      );
    },
    late: () => slack.delivery.late,
    until: async (found, what) => void (await patiently(world, found, what)),
    problems: () => [...slack.problems, ...fails],
    stop: () => slack.stop(),
    environment: {
      SLACK_BOT_TOKEN: team.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    },
  };
}
