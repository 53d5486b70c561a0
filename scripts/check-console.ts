import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { compareOutput } from "../src/curriculum/compare-output.ts";
import type { Bindings } from "../src/curriculum/match-line.ts";
import { fillPlaceholders, parseTranscript } from "../src/curriculum/transcript.ts";

/** What a Markdown file's console blocks did: how many commands ran, and each difference in words. */
export interface ConsoleCheck {
  commands: number;
  differences: string[];
}

/**
 * Runs the console blocks of a Markdown file with the machine's shell and `docker`, in an empty folder, and removes the containers and
 * images that were not there before.
 */
export function checkConsole(file: string): ConsoleCheck {
  const check: ConsoleCheck = { commands: 0, differences: [] };
  const bindings: Bindings = new Map();
  const folder = mkdtempSync(join(tmpdir(), "bakehouse-console-"));
  const before = listObjects();
  for (const block of readFileSync(file, "utf8").matchAll(/^```console\n([\s\S]*?)^```$/gm)) {
    for (const step of parseTranscript(block[1] ?? "")) {
      const observed = sh(fillPlaceholders(step.command, bindings), folder);
      const difference = compareOutput(step.expected, observed, bindings);
      check.commands++;
      if (difference)
        check.differences.push(`${basename(file)}: $ ${step.command}\n${difference}\nobserved:\n${observed}`);
    }
  }
  removeObjects(before);
  rmSync(folder, { recursive: true, force: true });
  return check;
}

function sh(command: string, cwd: string): string {
  const { stdout } = spawnSync("sh", ["-c", `exec 2>&1\n${command}`], {
    cwd,
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, DOCKER_BUILDKIT: "0", DOCKER_CLI_HINTS: "false" },
  });
  return stdout.replace(/^DEPRECATED: The legacy builder[\s\S]*?\n\n/, "");
}

const listing = { containers: "docker ps -aq --no-trunc", images: "docker images -aq --no-trunc" };

function listObjects() {
  const lines = (command: string) => new Set(sh(command, tmpdir()).split("\n").filter(Boolean));
  return { containers: lines(listing.containers), images: lines(listing.images) };
}

function removeObjects(before: ReturnType<typeof listObjects>): void {
  const now = listObjects();
  const containers = [...now.containers.difference(before.containers)];
  if (containers.length) sh(`docker rm -f ${containers.join(" ")}`, tmpdir());
  const images = [...now.images.difference(before.images)];
  if (images.length) sh(`docker rmi -f ${images.join(" ")}`, tmpdir());
}

if (import.meta.main) {
  const checks = process.argv.slice(2).map(checkConsole);
  const differences = checks.flatMap((check) => check.differences);
  for (const difference of differences) console.log(`${difference}\n`);
  console.log(
    `${checks.length} files, ${checks.reduce((sum, { commands }) => sum + commands, 0)} commands, ${differences.length} differences`,
  );
  process.exitCode = differences.length ? 1 : 0;
}
