import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ErrorCase } from "./error-case.ts";

/** An error that really came. */
export interface MadeError extends ErrorCase {
  /** What was printed, standard output and standard error together. */
  text: string;
}

const execute = promisify(execFile);

/** What the docker command and the machine can do. `DOCKER_HOST` is the engine. */
export function abilities(): Set<ErrorCase["needs"]> {
  const works = (command: string, ...args: string[]) => {
    try {
      execFileSync(command, args, { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  };
  const found = new Set<ErrorCase["needs"]>([undefined, "classic"]);
  if (works("docker", "compose", "version")) found.add("compose");
  if (works("docker", "buildx", "version")) found.add("buildkit");
  if (works("dockerd", "--version")) found.add("dockerd");
  if (process.getuid?.() === 0 && works("setpriv", "--version")) found.add("root");
  return found;
}

/**
 * Makes the error in an empty folder and removes whatever is called `bakery…` on the engine afterwards. `base`: the image that the
 * scripts use.
 */
export async function makeError(one: ErrorCase, base: string): Promise<MadeError> {
  const folder = mkdtempSync(join(tmpdir(), "bakery-"));
  const env = {
    ...process.env,
    ...{ BASE: base, LANG: "C.UTF-8", DOCKER_CLI_HINTS: "false", BUILDKIT_PROGRESS: "plain" },
    DOCKER_BUILDKIT: one.needs === "classic" ? "0" : "1",
  };
  const lines = one.by.split("\n");
  const last = lines.pop() ?? "";
  const script = `{ ${lines.join("\n") || ":"}\n} >/dev/null 2>&1\nexec 2>&1\n${last}`;
  const options = { cwd: folder, env, timeout: 30_000, maxBuffer: 1024 * 1024 };
  const { stdout } = await execute("sh", ["-c", script], options).catch((error) => error as { stdout: string });
  await execute("sh", ["-c", cleanup(one.by)], { env }).catch(() => {});
  rmSync(folder, { recursive: true, force: true });
  return { ...one, text: stdout };
}

const names = "{{.Repository}}:{{.Tag}}";

/** Removes what the script may have made. Images go by their names: the base has the same id as some. */
function cleanup(by: string): string {
  const images = `docker images --format '${names}' | grep -E '^(localhost:1/)?bakery' | grep -v '<none>' | xargs -r docker rmi -f`;
  return [
    /run|create|compose/.test(by) && "docker ps -aq --filter name=^/bakery | xargs -r docker rm -f",
    /network|compose/.test(by) && "docker network ls -q --filter name=^bakery | xargs -r docker network rm",
    /volume|bakery-v|compose/.test(by) && "docker volume ls -q --filter name=^bakery | xargs -r docker volume rm",
    /tag|commit|import|build|compose/.test(by) && images,
  ]
    .filter(Boolean)
    .join("\n");
}
