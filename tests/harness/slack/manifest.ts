import { readFileSync } from "node:fs";

/** What the shipped manifest offers to people. */
export interface Manifest {
  commands: string[];
  events: string[];
  shortcuts: { id: string; type: "message" | "global" }[];
  scopes: string[];
  optionalScopes: string[];
}

interface ManifestFile {
  features: { slash_commands: { command: string }[]; shortcuts: { callback_id: string; type: "message" | "global" }[] };
  oauth_config: { scopes: { bot: string[]; bot_optional?: string[] } };
  settings: { event_subscriptions: { bot_events: string[] } };
}

/** Reads `slack/manifest.json`. */
export function readManifest(): Manifest {
  const file = JSON.parse(
    readFileSync(new URL("../../../slack/manifest.json", import.meta.url), "utf8"),
  ) as ManifestFile;
  return {
    commands: file.features.slash_commands.map(({ command }) => command),
    events: file.settings.event_subscriptions.bot_events,
    shortcuts: file.features.shortcuts.map(({ callback_id, type }) => ({ id: callback_id, type })),
    scopes: file.oauth_config.scopes.bot,
    optionalScopes: file.oauth_config.scopes.bot_optional ?? [],
  };
}
