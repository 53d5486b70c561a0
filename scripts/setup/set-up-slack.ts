import { askService, ServiceAwayError } from "../../src/core/checks/ask-service.ts";
import { scopes } from "../../src/platforms/slack/transport/scopes.ts";
import { askChecked } from "./ask-checked.ts";
import { slackLink, slackReasons } from "./permissions.ts";
import type { Prompt } from "./prompt.ts";

/** Asks for what Slack needs and checks it. Resolves with the settings to write; none when something is missing. */
export async function setUpSlack(
  prompt: Prompt,
  known: Record<string, string | undefined>,
): Promise<Record<string, string>> {
  prompt.say(`Slack\n  Make the app with everything filled in, and install it in your workspace:\n  ${slackLink()}\n`);
  prompt.say(`It asks for:\n${slackReasons()}\n`);
  const apiUrl = known.SLACK_API_URL ?? "https://slack.com/api/";
  const ask = (method: string, token: string) =>
    askService(`${apiUrl.replace(/\/$/, "")}/${method}`, `Bearer ${token}`, { method: "POST" });
  /** Calls a method that tells whether a token is good. */
  const tried = async <T>(
    method: string,
    token: string,
    where: string,
    read: (body: object, headers: Headers) => T,
  ) => {
    try {
      const { body, headers, status } = await ask(method, token);
      const { ok, error = `status ${status}` } = body as { ok?: boolean; error?: string };
      return ok === true
        ? { good: read(body as object, headers) }
        : { bad: `Slack does not accept this token (${error}). Copy it again: ${where}.` };
    } catch (error) {
      if (!(error instanceof ServiceAwayError)) throw error;
      return { bad: `Slack cannot be reached: ${error.message}. Check the network, then paste the token again.` };
    }
  };

  const bot = await askChecked(prompt, {
    question: "Bot User OAuth Token, xoxb-… (OAuth & Permissions)",
    secret: true,
    known: Boolean(known.SLACK_BOT_TOKEN),
    check: async (value) =>
      value.startsWith("xoxb-")
        ? tried("auth.test", value, "your app, OAuth & Permissions", (body, headers) => ({
            team: (body as { team?: string }).team ?? "your workspace",
            missing: missingScopes(headers.get("x-oauth-scopes")),
          }))
        : { bad: "A bot token starts with xoxb-. The one for users (xoxp-) and the one for apps (xapp-) are others." },
  });
  if (!bot && !known.SLACK_BOT_TOKEN) return {};
  if (bot) prompt.say(`The token is good: it belongs to ${bot.good.team}.`);
  if (bot?.good.missing.length) {
    prompt.say(
      `Not granted yet: ${bot.good.missing.join(", ")}. Add them under OAuth & Permissions, Bot Token Scopes, and install the app again.`,
    );
  }
  const settings = bot && { SLACK_BOT_TOKEN: bot.value };
  const app = await askChecked(prompt, {
    question: "App-level token with connections:write, xapp-… (Basic Information, App-Level Tokens)",
    secret: true,
    known: Boolean(known.SLACK_APP_TOKEN),
    check: async (value) =>
      value.startsWith("xapp-")
        ? tried(
            "apps.connections.open",
            value,
            "your app, Basic Information, App-Level Tokens, scope connections:write",
            () => value,
          )
        : { bad: "An app-level token starts with xapp-." },
  });
  if (app) {
    prompt.say("The token is good: Slack opens a connection.");
    return { ...settings, SLACK_APP_TOKEN: app.value };
  }
  if (known.SLACK_APP_TOKEN) return { ...settings };
  const secret = await askChecked(prompt, {
    question: "Then over HTTP: the Signing Secret (Basic Information, App Credentials)",
    secret: true,
    known: Boolean(known.SLACK_SIGNING_SECRET),
    check: async (value) => ({ good: value }),
  });
  if (secret) return { ...settings, SLACK_SIGNING_SECRET: secret.value };
  if (known.SLACK_SIGNING_SECRET) return { ...settings };
  prompt.say("Slack needs one of the two, so nothing is written for Slack.");
  return {};
}

function missingScopes(header: string | null): string[] {
  if (header === null) return [];
  const granted = header.split(",").map((one) => one.trim());
  return scopes.filter(({ name, optional }) => !optional && !granted.includes(name)).map(({ name }) => name);
}
