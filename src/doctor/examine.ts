import { ServiceAwayError } from "../core/checks/ask-service.ts";
import { type Clock, type Finding, fail, type Surroundings } from "../core/checks/finding.ts";
import type { PlatformKind } from "../core/platform-kind.ts";
import { parts as ownParts } from "../parts.ts";
import { platforms } from "../platforms/index.ts";
import type { Part } from "../store/part.ts";
import { checkClock } from "./check-clock.ts";
import { checkContent } from "./check-content.ts";
import { checkDisk } from "./check-disk.ts";
import { checkDocker } from "./check-docker.ts";
import { checkPictures } from "./check-pictures.ts";
import { checkSettings } from "./check-settings.ts";
import { checkStore } from "./check-store.ts";
import { hideSecrets } from "./hide-secrets.ts";
import type { OwnCheck, OwnSurroundings } from "./own-check.ts";
import { readUsable } from "./read-usable.ts";

/** Every check but the clock's, which needs what the others heard, in the order of the report. */
function checksOf(kinds: readonly PlatformKind[], parts: readonly Part[]): [name: string, check: OwnCheck][] {
  return [
    ["settings", checkSettings],
    ["store", checkStore],
    ["disk", checkDisk],
    ...kinds.map((kind): [string, OwnCheck] => [kind.name, async (around) => (await kind.check?.(around)) ?? []]),
    ...parts.map((part): [string, OwnCheck] => [part.name, async (around) => (await part.check?.(around)) ?? []]),
    ["docker", checkDocker],
    ["pictures", checkPictures],
    ["content", checkContent],
  ];
}

/**
 * Runs every check and resolves with what they found, without any secret in it. Never rejects because of what a check meets.
 * `commands`: this program's, which platforms should know; `only`: the one workspace to look at.
 */
export async function examine(
  environment: Record<string, string | undefined>,
  { commands, only }: Pick<Surroundings, "commands" | "only">,
  { kinds = platforms, parts = ownParts }: { kinds?: readonly PlatformKind[]; parts?: readonly Part[] } = {},
): Promise<Finding[]> {
  const clocks: Clock[] = [];
  const config = readUsable(environment, kinds);
  const surroundings: OwnSurroundings = {
    ...{ config, environment, commands, now: Date.now, heard: (clock) => void clocks.push(clock) },
    ...(only && { only }),
  };
  const found = await Promise.all(
    checksOf(kinds, parts).map(async ([name, check]): Promise<Finding[]> => {
      try {
        return await check(surroundings);
      } catch (error) {
        return [trouble(name, error)];
      }
    }),
  );
  const hide = hideSecrets(config, kinds);
  return [...found.flat(), ...checkClock(clocks)].map((finding) => hide(finding));
}

function trouble(name: string, error: unknown): Finding {
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof ServiceAwayError) {
    return fail(
      name,
      `it cannot be reached: ${said}`,
      "The bot cannot work there as long as that lasts.",
      `Check the network, a firewall or proxy, and ${name.toUpperCase()}_API_URL if you set it.`,
    );
  }
  return fail(
    name,
    `this could not be checked: ${said}`,
    "Whether it works is not known.",
    "Mend what the message names, then look again.",
  );
}
