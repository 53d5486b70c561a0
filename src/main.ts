import { existsSync } from "node:fs";
import { readConfig } from "./config.ts";
import { runBakehouse } from "./run.ts";

/** Errors whose message is written for the host; anything else shows where it came from. */
const forHosts = new Set(["ConfigError", "CurriculumError", "StoreError", "StartError"]);

/** Runs the bot with the settings of the environment and `.env`. What keeps it from running is told to the host. */
export async function main(): Promise<void> {
  try {
    if (existsSync(".env")) process.loadEnvFile(".env");
    await runBakehouse(readConfig(process.env));
  } catch (error) {
    console.error(error instanceof Error && forHosts.has(error.name) ? error.message : error);
    process.exitCode = 1;
  }
}
