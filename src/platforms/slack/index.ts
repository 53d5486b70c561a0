import { definePlatform } from "../../core/platform-kind.ts";
import { readMention } from "./intake/read-mention.ts";
import { misfits, type SlackSettings, settings } from "./settings.ts";

/** Slack, as the bot knows it before it runs. */
export const slack = definePlatform({
  name: "slack",
  settings,
  secrets: ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_SECRET"],
  misfits,
  words: {
    moderators: "admins of the workspace, and the people in `SLACK_TUTORS`",
    named: "person",
    elsewhere: "in your direct messages with me",
  },
  readMention,
  people: { ids: /^slack:[A-Z0-9]+[/:][A-Z0-9]+$/, example: "slack:T0123ABCD/U0123ABCD" },
  isSetUp: ({ SLACK_BOT_TOKEN, SLACK_CLIENT_ID }) => Boolean(SLACK_BOT_TOKEN || SLACK_CLIENT_ID),
  check: async (surroundings) => (await import("./doctor/check-slack.ts")).checkSlack(surroundings),
  load: () => Promise.all([import("./slack.ts"), import("@slack/bolt")]),
  async create(given, house) {
    const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_API_URL, SLACK_TUTORS } = given;
    const { createSlack } = await import("./slack.ts");
    return createSlack({
      ...wayTo(given),
      ...(clientId && clientSecret && { clientId, clientSecret, installations: house.installations }),
      ...(SLACK_API_URL && { apiUrl: SLACK_API_URL }),
      ...(SLACK_TUTORS && { tutors: SLACK_TUTORS }),
      log: house.log,
      inbox: house.inbox,
      onUninstall: house.onUninstall,
    });
  },
});

/** How Slack is reached. */
function wayTo({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_PORT }: SlackSettings) {
  return {
    ...(SLACK_BOT_TOKEN && { botToken: SLACK_BOT_TOKEN }),
    ...(SLACK_APP_TOKEN
      ? { appToken: SLACK_APP_TOKEN }
      : SLACK_SIGNING_SECRET && { signingSecret: SLACK_SIGNING_SECRET, port: SLACK_PORT }),
  };
}
