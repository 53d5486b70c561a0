import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The practice registry that cards on push and pull use. */
export interface Registry {
  stop(): void;
}

/**
 * Starts Debian's `docker-registry` at localhost:5000, without log-in, in this machine's network, or in that of the process `beside`.
 * Undefined, with a loud line, where the program is missing; with `REQUIRE_DOCKER=1` that is an error.
 */
export async function startRegistry(beside?: number): Promise<Registry | undefined> {
  const enter = beside === undefined ? [] : ["nsenter", "-t", String(beside), "-n"];
  const folder = mkdtempSync(join(tmpdir(), "bakehouse-registry-"));
  const file = join(folder, "config.yml");
  writeFileSync(
    file,
    `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${join(folder, "data")}}, delete: {enabled: true}}\nhttp: {addr: "127.0.0.1:5000"}\n`,
  );
  const [program = "", ...words] = [...enter, "docker-registry", "serve", file];
  const child = spawn(program, words, { stdio: "ignore" });
  const failed = new Promise<Error>((resolve) => {
    child.on("error", resolve);
    child.on("exit", (status) => resolve(new Error(`docker-registry ended with status ${status}`)));
  });
  const problem = await Promise.race([failed, answers(child, enter)]);
  if (problem === true) return { stop: () => child.kill() };
  if (process.env.REQUIRE_DOCKER === "1") throw problem;
  console.warn(`\n!!! SKIPPED: no practice registry (${problem.message}). Cards on push and pull are not checked.\n`);
  return undefined;
}

/** Resolves with true as soon as the registry answers. */
async function answers(child: ChildProcess, enter: readonly string[]): Promise<true> {
  const ask = "fetch('http://127.0.0.1:5000/v2/').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))";
  const [program = "", ...words] = [...enter, process.execPath, "-e", ask];
  for (;;) {
    // Until it listens, the connection is refused.
    if (spawnSync(program, words, { stdio: "ignore" }).status === 0) return true;
    if (child.exitCode !== null) await new Promise(() => {});
    await new Promise((resolve) => setImmediate(resolve));
  }
}
