import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The practice registry that cards on push and pull use. */
export interface Registry {
  stop(): void;
}

/**
 * Starts Debian's `docker-registry` at localhost:5000, without log-in, in the network of the engine when that is this machine's.
 * Undefined, with a loud line, where the program is missing; with `REQUIRE_DOCKER=1` that is an error.
 */
export async function startRegistry(): Promise<Registry | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "bakehouse-registry-"));
  const file = join(folder, "config.yml");
  writeFileSync(
    file,
    `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${join(folder, "data")}}, delete: {enabled: true}}\nhttp: {addr: "127.0.0.1:5000"}\n`,
  );
  const child = spawn("docker-registry", ["serve", file], { stdio: "ignore" });
  const failed = new Promise<Error>((resolve) => {
    child.on("error", resolve);
    child.on("exit", (status) => resolve(new Error(`docker-registry ended with status ${status}`)));
  });
  const problem = await Promise.race([failed, answers(child)]);
  if (problem === true) return { stop: () => child.kill() };
  if (process.env.REQUIRE_DOCKER === "1") throw problem;
  console.warn(`\n!!! SKIPPED: no practice registry (${problem.message}). Cards on push and pull are not checked.\n`);
  return undefined;
}

/** Resolves with true as soon as the registry answers. */
async function answers(child: ChildProcess): Promise<true> {
  for (;;) {
    try {
      if ((await fetch("http://127.0.0.1:5000/v2/")).ok) return true;
    } catch {
      // Not yet: the connection is refused until it listens.
    }
    if (child.exitCode !== null) await new Promise(() => {});
    await new Promise((resolve) => setImmediate(resolve));
  }
}
