import { existsSync } from "node:fs";
import { readConfig, settings } from "./config.ts";
import { findMisspelt, misspeltWords } from "./core/misspelt.ts";
import { isForHosts } from "./fatal.ts";
import { runBakehouse } from "./run.ts";

/** Runs the bot with the settings of the environment and `.env`. What keeps it from running is told to the host. */
export async function main(): Promise<void> {
  try {
    if (existsSync(".env")) process.loadEnvFile(".env");
    for (const one of findMisspelt(process.env, Object.keys(settings.shape))) console.error(misspeltWords(one));
    await runBakehouse(readConfig(process.env));
  } catch (error) {
    console.error(isForHosts(error) ? error.message : error);
    process.exitCode = 1;
  }
}
