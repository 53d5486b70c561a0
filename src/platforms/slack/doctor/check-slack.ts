import { type Answer, askService } from "../../../core/checks/ask-service.ts";
import { type Check, type Finding, fail, ok, warn } from "../../../core/checks/finding.ts";
import type { SlackSettings } from "../settings.ts";
import { scopes } from "../transport/scopes.ts";

const apps = "https://api.slack.com/apps";

/** Asks Slack about the tokens and the granted scopes. */
export const checkSlack: Check<SlackSettings> = async (surroundings) => {
  const {
    SLACK_BOT_TOKEN,
    SLACK_APP_TOKEN,
    SLACK_CLIENT_ID,
    SLACK_PORT,
    SLACK_API_URL: apiUrl = "https://slack.com/api/",
  } = surroundings.config;
  if (SLACK_CLIENT_ID)
    return [ok("slack", `for several workspaces over HTTP on port ${SLACK_PORT}; each installs it at /slack/install`)];
  if (!SLACK_BOT_TOKEN && !SLACK_APP_TOKEN) return [ok("slack", "not set up: there is no SLACK_BOT_TOKEN")];
  const ask = async (method: string, token: string): Promise<Answer> => {
    const answer = await askService(`${apiUrl.replace(/\/$/, "")}/${method}`, `Bearer ${token}`, { method: "POST" });
    if (answer.clock) surroundings.heard({ whose: "Slack", theirs: answer.clock, ours: surroundings.now() });
    return answer;
  };
  return [
    ...(SLACK_BOT_TOKEN ? checkBot(await ask("auth.test", SLACK_BOT_TOKEN)) : []),
    SLACK_APP_TOKEN
      ? checkSocket(await ask("apps.connections.open", SLACK_APP_TOKEN))
      : ok("slack connection", `over HTTP on port ${SLACK_PORT}; Slack itself must reach it from outside`),
  ];
};

/** Why a call was refused; empty when it was not. */
function refusalOf({ status, body }: Answer): string {
  const { ok: accepted, error } = body as { ok?: boolean; error?: string };
  if (accepted === true) return "";
  return error ?? `status ${status}`;
}

function checkBot(answer: Answer): Finding[] {
  const refusal = refusalOf(answer);
  if (refusal) {
    return [
      fail(
        "slack token",
        `Slack does not accept SLACK_BOT_TOKEN (${refusal})`,
        "The bot cannot answer in Slack.",
        `Copy the Bot User OAuth Token again: ${apps}, your app, OAuth & Permissions. Install the app first if it is not installed.`,
      ),
    ];
  }
  const { team = "a workspace", user = "the bot" } = answer.body as { team?: string; user?: string };
  return [ok("slack token", `belongs to ${user} in ${team}`), ...checkScopes(answer.headers.get("x-oauth-scopes"))];
}

function checkScopes(header: string | null): Finding[] {
  const name = "slack scopes";
  if (header === null) return [ok(name, "not compared: Slack did not name them")];
  const granted = new Set(header.split(",").map((one) => one.trim()));
  const findings = scopes
    .filter((scope) => !granted.has(scope.name))
    .map((scope) => {
      const found = `the scope ${scope.name} is not granted`;
      const means = `It is needed ${scope.reason}.`;
      const mend = `Add it and install the app again: ${apps}, your app, OAuth & Permissions, Bot Token Scopes; or paste slack/manifest.json under App Manifest.`;
      return scope.optional ? warn(name, found, means, mend) : fail(name, found, means, mend);
    });
  return findings.length ? findings : [ok(name, `all ${scopes.length} are granted`)];
}

function checkSocket(answer: Answer): Finding {
  const refusal = refusalOf(answer);
  if (!refusal) return ok("slack connection", "Slack opens a Socket Mode connection");
  return fail(
    "slack connection",
    `Slack opens no Socket Mode connection with SLACK_APP_TOKEN (${refusal})`,
    "Nothing that people write reaches the bot.",
    `Make an app-level token with the scope connections:write: ${apps}, your app, Basic Information, App-Level Tokens. Socket Mode must be on in the app's settings.`,
  );
}
