import type { Config } from "../config.ts";
import type { Finding } from "../core/checks/finding.ts";
import type { PlatformKind } from "../core/platform-kind.ts";
import { platforms } from "../platforms/index.ts";

/** A function that strikes every secret of the settings out of a finding, whichever way one came in. */
export function hideSecrets(config: Config, kinds: readonly PlatformKind[] = platforms): (finding: Finding) => Finding {
  const names = [...kinds.flatMap(({ secrets = [] }) => secrets), "DATABASE_URL"];
  const secrets = names.flatMap((name) => {
    const value = config[name];
    if (typeof value !== "string" || !value) return [];
    const password = name === "DATABASE_URL" ? (URL.parse(value)?.password ?? "") : "";
    return [value, password, decodeURIComponent(password)].filter((one) => one.length >= 4);
  });
  const strike = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, "[removed]"), text);
  return (finding) =>
    finding.state === "ok"
      ? { ...finding, found: strike(finding.found) }
      : { ...finding, found: strike(finding.found), means: strike(finding.means), mend: strike(finding.mend) };
}
