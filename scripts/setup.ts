import { readEnvFile, writeEnvFile } from "./setup/env-file.ts";
import { createPrompt } from "./setup/prompt.ts";
import { setUpDiscord } from "./setup/set-up-discord.ts";
import { setUpSlack } from "./setup/set-up-slack.ts";

const file = ".env";

/** Asks for the tokens, checks each, and writes those that are good; the exit code is 0 when a platform is set up, else 1. */
async function main(): Promise<number> {
  const prompt = createPrompt(process.stdin, process.stdout);
  try {
    const known = { ...readEnvFile(file), ...process.env };
    prompt.say(
      "This sets up Bakehouse for Discord, Slack or both. What you paste is not shown and is kept in .env only.\n",
    );
    const discord = await setUpDiscord(prompt, known);
    prompt.say("");
    const settings = { ...discord, ...(await setUpSlack(prompt, known)) };
    const names = Object.keys(settings);
    if (!names.length && !known.DISCORD_TOKEN && !known.SLACK_BOT_TOKEN) {
      prompt.say("\nNothing was written: no platform is set up. `npm start` runs Bakehouse in this terminal.");
      return 1;
    }
    if (names.length) writeEnvFile(file, settings);
    prompt.say(
      `\n${names.length ? `Wrote ${names.join(", ")} to ${file}, which only you can read.` : `${file} stays as it is.`}`,
    );
    prompt.say("Next: `npm run doctor` checks everything, `npm start` starts the bot.");
    return 0;
  } finally {
    prompt.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const said = error instanceof Error ? error.message : String(error);
  console.error(`\nThe set-up could not go on: ${said}. Nothing was written; run it again when that is mended.`);
  process.exitCode = 2;
}
