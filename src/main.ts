import { existsSync } from "node:fs";

/** Errors whose message is written for the host; anything else shows where it came from. */
const forHosts = new Set(["ConfigError", "CurriculumError", "StoreError", "StartError"]);

try {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const [{ readConfig }, { runBakehouse }] = await Promise.all([import("./config.ts"), import("./run.ts")]);
  await runBakehouse(readConfig(process.env));
} catch (error) {
  console.error(error instanceof Error && forHosts.has(error.name) ? error.message : error);
  process.exitCode = 1;
}
