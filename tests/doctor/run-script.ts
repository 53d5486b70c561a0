import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Finding } from "../../src/core/checks/finding.ts";

const script = (name: string) => fileURLToPath(new URL(`../../scripts/${name}.ts`, import.meta.url));

/** How a script ended. */
export interface ScriptRun {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs one of the scripts as a child process, in a folder of its own so that no `.env` of the machine is read. */
export function runScript(
  name: string,
  environment: Record<string, string>,
  {
    flags = [],
    input = "",
    cwd = mkdtempSync(join(tmpdir(), "bakehouse-")),
  }: { flags?: string[]; input?: string; cwd?: string } = {},
): Promise<ScriptRun> {
  const child = spawn(process.execPath, [script(name), ...flags], {
    cwd,
    env: { PATH: process.env.PATH ?? "", SANDBOX_TOTAL: "0", ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stdout, stderr })));
}

/** What the doctor found in these surroundings, as JSON told it, and how it ended. */
export async function runDoctor(environment: Record<string, string>, cwd?: string) {
  const run = await runScript("doctor", environment, { flags: ["--json"], ...(cwd && { cwd }) });
  const { findings } = JSON.parse(run.stdout) as { findings: Finding[] };
  return {
    ...run,
    findings,
    /** The findings of one name that are not well. */
    problems: (name: string) => findings.filter((one) => one.name === name && one.state !== "ok"),
    of: (name: string) => findings.find((one) => one.name === name),
  };
}
