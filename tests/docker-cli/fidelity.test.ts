import { execFileSync, spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDockerLines, type DockerLines } from "../../src/docker-cli/docker-lines.ts";
import { createPlainHost } from "../../src/docker-cli/lines-host.ts";
import { cliVersion } from "../../src/docker-cli/verbs/version.ts";
import { engine, theEngine } from "../harness/engine.ts";
import { prepareCake } from "./cake.ts";
import { fidelityBuilds } from "./fidelity-builds.ts";
import { fidelityLines } from "./fidelity-lines.ts";

/** The real program, if it is there in the version whose words the bot follows. */
const cli = findCli();
/** Makes the builds of each run new, whatever is cached. */
const run = `${process.pid}x${Date.now()}`;
const who = { owner: `fidelity:${process.pid}`, slot: 0 };

function findCli(): string | undefined {
  for (const path of [process.env.DOCKER_CLI, "/usr/local/bin/docker", "/usr/bin/docker"]) {
    if (!path) continue;
    const { stdout } = spawnSync(path, ["version", "--format", "{{.Client.Version}}"], { encoding: "utf8" });
    if (stdout?.startsWith(cliVersion)) return path;
  }
  console.warn(
    `\n!!! SKIPPED: no docker program of version ${cliVersion} to compare with. Name one with DOCKER_CLI.\n`,
  );
  return undefined;
}

function real(line: string): string {
  const script = `docker() { "$CLI" "$@"; }; { ${line}\n} 2>&1`;
  const { stdout, status } = spawnSync("sh", ["-c", script], {
    encoding: "utf8",
    env: { ...process.env, CLI: cli ?? "", DOCKER_BUILDKIT: "0" },
    cwd: "/",
  });
  return `${stdout}[${status}]`;
}

const escapeSign = String.fromCharCode(27);

/** Ids, times and what follows from their width are made equal. */
function mask(output: string): string {
  const table = /^(CONTAINER ID|REPOSITORY +TAG +IMAGE ID|IMAGE +CREATED)/.test(output);
  return (
    output
      .replace(/\r+\n/g, "\n")
      // The shared image has a name of the bot's own as well, which learners never see.
      .replace(/"bakehouse\/cake:[^"]*",/g, "")
      .replace(/^DEPRECATED[\s\S]*?variable\.\n\n/, "")
      .replaceAll(`${escapeSign}[91m`, "")
      .replaceAll(`${escapeSign}[0m`, "")
      .replace(/(sha256:)?\b[0-9a-f]{64}\b/g, "<id>")
      .replace(/\b[0-9a-f]{12}\b/g, "<short>")
      .replace(/(file|dir|multi):[0-9a-f]{10,}…?/g, "$1:<hash>")
      .replace(/file:<id>/g, "file:<hash>")
      .replace(/(Up |\) )?((Less than a|About an?|\d+) (second|minute|hour)s?)( ago)?/g, "$1<time>$5")
      .replace(/[A-Z][a-z]{2} \d\d \d\d:\d\d /, "<date> ")
      .replace(/"20\d\d-[^"]*Z"/g, '"<date>"')
      .split("\n")
      .map((line) => (table ? line.replace(/ {3,}/g, "   ").trimEnd() : line))
      .join("\n")
  );
}

/** Docker tells changes and removed layers in no order that means anything. */
function sortedWhere(line: string, output: string): string {
  if (!/^docker (diff|rmi|images|ps -a|image rm|rm)/.test(line)) return output;
  return output.split("\n").sort().join("\n");
}

describe.runIf(engine && cli)("docker lines against the real program", () => {
  let lines: DockerLines;
  const clean = () => {
    spawnSync(
      "sh",
      ["-c", '"$CLI" rm -f $("$CLI" ps -aq --filter name=^/fid-); "$CLI" rmi -f $("$CLI" images -q "fid-*")'],
      { env: { ...process.env, CLI: cli ?? "" } },
    );
  };
  beforeAll(async () => {
    const cake = await prepareCake(theEngine());
    lines = createDockerLines({
      host: createPlainHost(theEngine(), `fidelity-${process.pid}`, [{ name: "cake", id: cake }]),
    });
    clean();
  });
  afterAll(async () => {
    await lines.removeAll(who.owner);
    clean();
  });

  async function play(typed: readonly string[]): Promise<string[]> {
    const first = typed.map((line, at) => ({ line, at, output: "" }));
    let id = "";
    const fill = (line: string) => line.replace("{run}", run).replace("{id}", id).replace("{short}", id.slice(0, 7));
    for (const one of first) {
      one.output = sortedWhere(one.line, mask(real(fill(one.line))));
      if (one.at === 0)
        id = execFileSync(cli ?? "", ["ps", "-aq", "--no-trunc", "--filter", "name=^/fid-ada$"], {
          encoding: "utf8",
        }).trim();
    }
    clean();
    id = "";
    const differences: string[] = [];
    for (const { line, at, output } of first) {
      const result = await lines.run(fill(line), who);
      if (at === 0) id = result.output.trim();
      const observed = sortedWhere(line, mask(`${result.output}${result.refused?.why ?? ""}[${result.exitCode}]`));
      if (observed !== output) differences.push(`$ ${line}\n--- real\n${output}\n--- bot\n${observed}`);
    }
    return differences;
  }

  test(`${fidelityLines.length} lines print what the real program prints`, async () => {
    const differences = await play(fidelityLines);
    console.log(
      `${fidelityLines.length - differences.length} of ${fidelityLines.length} docker lines print the same as docker ${cliVersion}`,
    );
    expect(differences.join("\n\n")).toBe("");
  }, 300_000);

  test(`${fidelityBuilds.length} lines around builds print what the real program's classic builder prints`, async () => {
    await lines.removeAll(who.owner);
    const differences = await play(fidelityBuilds);
    console.log(
      `${fidelityBuilds.length - differences.length} of ${fidelityBuilds.length} build lines print the same as docker ${cliVersion}`,
    );
    expect(differences.join("\n\n")).toBe("");
  }, 300_000);
});
