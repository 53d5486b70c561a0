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

/** Where errors are made: the engine of `DOCKER_HOST`, with `base` as the image that the scripts use. */
export interface Workshop {
  base: string;
  environment: NodeJS.ProcessEnv;
}

const execute = promisify(execFile);

/** How many errors are made at a time, and how long one may take (ms). */
const atOnce = 3;
const longest = 60_000;

/** What the docker command and the machine can do. */
export function abilities({ environment }: Workshop): Set<ErrorCase["needs"]> {
  const works = (command: string, ...args: string[]) => {
    try {
      execFileSync(command, args, { stdio: "ignore", env: environment });
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

/** Makes all these errors, a few at a time, and removes whatever is called `bakery…` on the engine afterwards. */
export async function makeErrors(wanted: readonly ErrorCase[], workshop: Workshop): Promise<MadeError[]> {
  const made: MadeError[] = [];
  const left = [...wanted.entries()];
  const work = async (slot: number) => {
    for (let next = left.shift(); next; next = left.shift()) made[next[0]] = await makeError(next[1], workshop, slot);
  };
  await Promise.all(Array.from({ length: atOnce }, (_, slot) => work(slot)));
  return made;
}

/** Makes one error in an empty folder. `slot`: keeps its names and addresses apart from those of errors made meanwhile. */
async function makeError(one: ErrorCase, { base, environment }: Workshop, slot: number): Promise<MadeError> {
  const folder = mkdtempSync(join(tmpdir(), "bakery-"));
  const apart = (script: string) =>
    script.replaceAll("bakery", `bakery${slot}`).replaceAll("10.91.", `10.${110 + slot}.`);
  const env = {
    ...environment,
    ...{ BASE: base, LANG: "C.UTF-8", DOCKER_CLI_HINTS: "false", BUILDKIT_PROGRESS: "plain" },
    DOCKER_BUILDKIT: one.needs === "classic" ? "0" : "1",
  };
  const lines = apart(one.by).split("\n");
  const last = lines.pop() ?? "";
  const script = `{ ${lines.join("\n") || ":"}\n} >/dev/null 2>&1\nexec 2>&1\n${last}`;
  const options = { cwd: folder, env, timeout: longest, maxBuffer: 1024 * 1024 };
  const { stdout } = await execute("sh", ["-c", script], options).catch((error) => error as { stdout: string });
  await execute("sh", ["-c", apart(cleanup(one.by))], { env }).catch(() => {});
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
