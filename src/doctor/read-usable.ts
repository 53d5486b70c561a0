import { readFileSync } from "node:fs";
import { type Config, settingsOf } from "../config.ts";
import type { PlatformKind } from "../core/platform-kind.ts";

/** The settings that can be used on their own; a wrong one counts as unset, so that everything else can still be checked. */
export function readUsable(environment: Record<string, string | undefined>, kinds: readonly PlatformKind[]): Config {
  const settings = settingsOf(kinds);
  const usable: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(settings.shape)) {
    const given = environment[name] || readValue(environment[`${name}_FILE`]);
    if (given && schema.safeParse(given).success) usable[name] = given;
  }
  return settings.parse(usable);
}

function readValue(file: string | undefined): string | undefined {
  if (!file) return undefined;
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}
