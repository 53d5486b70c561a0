import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { commands } from "../commands/index.ts";
import { examine } from "../src/doctor/examine.ts";
import { writeReport } from "../src/doctor/write-report.ts";

const usage = `Looks whether everything Bakehouse needs is there and works.

  npm run doctor             a report for people
  npm run doctor -- --json   the same as JSON
  npm run doctor -- --only discord:ID
                             of servers and workspaces, only this one

Ends with 0 when nothing has to be mended, 1 when something has, 2 when it could not look.`;

/** Runs all checks and prints what they found; the exit code is 0, 1 or 2 as above. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { json: { type: "boolean" }, only: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (existsSync(".env")) process.loadEnvFile(".env");
  if (!values.json && process.stderr.isTTY) console.error("Looking at everything; this takes up to a minute.\n");
  const findings = await examine(process.env, {
    commands,
    ...(values.only !== undefined && { only: readOnly(values.only) }),
  });
  const failed = findings.some(({ state }) => state === "fail");
  console.log(values.json ? JSON.stringify({ well: !failed, findings }, null, 2) : writeReport(findings));
  return failed ? 1 : 0;
}

function readOnly(given: string): { platform: string; workspace: string } {
  const [platform = "", ...workspace] = given.split(":");
  return { platform, workspace: workspace.join(":") };
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`The doctor could not look: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = 2;
}
