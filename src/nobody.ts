import { fstatSync } from "node:fs";
import { isatty } from "node:tty";
import { StartError } from "./fatal.ts";

/** Throws, in words for the host, when standard input is the empty device that containers and services are given: no question can come from there. */
export function needPeople(input = 0): void {
  if (isatty(input)) return;
  try {
    // A pipe or a file may hold questions.
    if (!fstatSync(input).isCharacterDevice()) return;
  } catch {
    // It is closed.
  }
  throw new StartError(
    "No platform is set up and there is no terminal here, so nobody could talk to Bakehouse: set DISCORD_TOKEN, or SLACK_BOT_TOKEN with SLACK_APP_TOKEN; `npm run setup` asks for them.",
  );
}
