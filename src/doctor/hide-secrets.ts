import type { Config } from "../config.ts";
import type { Finding } from "./finding.ts";

const secretSettings = [
  "DISCORD_TOKEN",
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_CLIENT_SECRET",
  "DATABASE_URL",
] as const;

/** A function that strikes every secret of the settings out of a finding, whichever way one came in. */
export function hideSecrets(config: Config): (finding: Finding) => Finding {
  const secrets = secretSettings.flatMap((name) => {
    const value = config[name];
    if (!value) return [];
    const password = name === "DATABASE_URL" ? (URL.parse(value)?.password ?? "") : "";
    return [value, password, decodeURIComponent(password)].filter((one) => one.length >= 4);
  });
  const strike = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, "[removed]"), text);
  return (finding) =>
    finding.state === "ok"
      ? { ...finding, found: strike(finding.found) }
      : { ...finding, found: strike(finding.found), means: strike(finding.means), mend: strike(finding.mend) };
}
