import { ServiceAwayError } from "./ask-service.ts";
import { checkClock } from "./check-clock.ts";
import { checkContent } from "./check-content.ts";
import { checkDiscord } from "./check-discord.ts";
import { checkDisk } from "./check-disk.ts";
import { checkDocker } from "./check-docker.ts";
import { checkPictures } from "./check-pictures.ts";
import { checkSettings } from "./check-settings.ts";
import { checkSlack } from "./check-slack.ts";
import { checkStore } from "./check-store.ts";
import { type Check, type Clock, type Finding, fail, type Surroundings } from "./finding.ts";
import { hideSecrets } from "./hide-secrets.ts";
import { readUsable } from "./read-usable.ts";

/** Every check but the clock's, which needs what the others heard, in the order of the report. */
const checks: Record<string, Check> = {
  settings: checkSettings,
  store: checkStore,
  disk: checkDisk,
  discord: checkDiscord,
  slack: checkSlack,
  docker: checkDocker,
  pictures: checkPictures,
  content: checkContent,
};

/**
 * Runs every check and resolves with what they found, without any secret in it. Never rejects because of what a check meets.
 * `commands`: this program's, which platforms should know; `server`: the only Discord server to look at.
 */
export async function examine(
  environment: Record<string, string | undefined>,
  { commands, server }: Pick<Surroundings, "commands" | "server">,
): Promise<Finding[]> {
  const clocks: Clock[] = [];
  const config = readUsable(environment);
  const surroundings: Surroundings = {
    ...{ config, environment, commands, now: Date.now, heard: (clock) => void clocks.push(clock) },
    ...(server !== undefined && { server }),
  };
  const found = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<Finding[]> => {
      try {
        return await check(surroundings);
      } catch (error) {
        return [trouble(name, error)];
      }
    }),
  );
  const hide = hideSecrets(config);
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
