import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createDocker, type DockerEngine } from "../../src/engine/docker.ts";
import { isEngineError } from "../../src/engine/engine-error.ts";

/** The image that tests build on, made from the machine's own busybox. */
export const testBase = "bakehouse-base:ci";

/**
 * The Docker engine of `DOCKER_HOST` or of the default socket, with the tests' base image on it. Undefined, with a loud line, where
 * none answers; with `REQUIRE_DOCKER=1` that is an error.
 */
export const engine: DockerEngine | undefined = await connect();

/** The same, for tests that are only run where there is one. */
export function theEngine(): DockerEngine {
  if (!engine) throw new Error("this test needs a Docker engine and should have been skipped");
  return engine;
}

async function connect(): Promise<DockerEngine | undefined> {
  const docker = createDocker();
  try {
    await docker.system.ping();
  } catch (error) {
    if (process.env.REQUIRE_DOCKER === "1") throw new Error(`no Docker engine at ${docker.host}`, { cause: error });
    console.warn(`\n!!! SKIPPED: no Docker engine answers at ${docker.host}. These tests prove nothing without one.\n`);
    return undefined;
  }
  try {
    await docker.images.inspect(testBase);
  } catch (error) {
    if (!isEngineError(error, "not-found")) throw error;
    execFileSync("sh", [fileURLToPath(new URL("make-base-image.sh", import.meta.url))], { stdio: "ignore" });
  }
  return docker;
}
