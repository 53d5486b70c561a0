import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type Bindings, compareOutput, fillPlaceholders, parseTranscript } from "../src/experiments/transcript.ts";

/**
 * Runs the console blocks of the named Markdown files with the machine's own shell and `docker`, and says what differs.
 * Containers that a file leaves behind are removed after it. Exit status 1 when anything differs.
 */
let failed = 0;
for (const file of process.argv.slice(2)) {
  const bindings: Bindings = new Map();
  for (const block of readFileSync(file, "utf8").matchAll(/^```console\n([\s\S]*?)^```$/gm)) {
    for (const step of parseTranscript(block[1] ?? "")) {
      const run = spawnSync("sh", ["-c", `exec 2>&1\n${fillPlaceholders(step.command, bindings)}`], {
        encoding: "utf8",
        timeout: 60_000,
        env: { ...process.env, DOCKER_BUILDKIT: "0", DOCKER_CLI_HINTS: "false" },
      });
      const observed = run.stdout.replace(/^DEPRECATED: The legacy builder[\s\S]*?\n\n/, "");
      const difference = compareOutput(step.expected, observed, bindings);
      if (difference === null) continue;
      failed++;
      console.log(`${file}: $ ${step.command}\n  ${difference}\n  whole output:\n${observed.replace(/^/gm, "  | ")}`);
    }
  }
  spawnSync("sh", ["-c", "docker rm -f $(docker ps -aq)"], { stdio: "ignore" });
}
console.log(`${process.argv.length - 2} files, ${failed} differences`);
process.exitCode = failed ? 1 : 0;
