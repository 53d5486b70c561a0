import { readFileSync } from "node:fs";
import { z } from "zod";
import type { PlatformKind } from "./core/platform-kind.ts";
import { platforms } from "./platforms/index.ts";
import { AllowedImagesError, readAllowedImages } from "./sandbox/guard/allowed-images.ts";

const list = z.string().transform((value) => value.split(/[\s,]+/).filter(Boolean));
const count = (most: number) => z.coerce.number().int().min(0).max(most);

/** Ids as in `discord:123,slack:T1/U2`, turned into those that people have in the bot. */
const hosts = (kinds: readonly PlatformKind[]) =>
  list.transform((ids, context) => {
    const known = kinds.flatMap(({ name, people }) => (people ? [{ name, ...people }] : []));
    const fits = (id: string) => known.some(({ name, ids: theirs }) => theirs.test(id) && id.startsWith(`${name}:`));
    if (ids.every(fits)) return ids.map((id) => id.replace("/", ":"));
    context.addIssue({ code: "custom", message: `each is like ${known.map(({ example }) => example).join(" or ")}` });
    return z.NEVER;
  });

const images = z.string().transform((value, context) => {
  try {
    return readAllowedImages(value);
  } catch (error) {
    if (!(error instanceof AllowedImagesError)) throw error;
    context.addIssue({ code: "custom", message: error.message });
    return z.NEVER;
  }
});

/** The settings of the bot itself. */
const own = (kinds: readonly PlatformKind[]) => ({
  HOSTS: hosts(kinds)
    .optional()
    .describe(
      "Who runs this bot, and so may use `content reload` and see the whole `doctor` in chat: discord:USER-ID or slack:TEAM/USER, with commas between; a refusal shows one's own",
    ),
  DOCKER_HOST: z
    .string()
    .optional()
    .describe(
      "The Docker engine for sandboxes, such as unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host; without a reachable one the bot answers and quizzes, and shows recorded experiments",
    ),
  CAKE_BASE: z
    .string()
    .optional()
    .describe("A local base image for the practice image, where the pinned public one cannot be pulled"),
  SANDBOX_TOTAL: count(1000).default(40).describe("How many sandboxes may run at once; 0 turns them off"),
  SANDBOX_PER_WORKSPACE: count(1000).default(20).describe("How many of them in one server or workspace"),
  SANDBOX_POOL: count(20).default(2).describe("How many containers wait warm for the next learner"),
  SANDBOX_IMAGES: images
    .optional()
    .describe(
      "Further images for sandboxes by digest, with commas between: python=python@sha256:…, alpine=alpine@sha256:…",
    ),
  SANDBOX_RUNTIME: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional()
    .describe("Another container runtime of the engine, such as crun or runsc"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "it starts with postgres://")
    .optional()
    .describe(
      "A PostgreSQL to keep everything in instead of one file under DATA_DIR: postgres://user:password@host/database",
    ),
  DATA_DIR: z.string().default("data").describe("Where Bakehouse keeps its files; it is made if it is missing"),
  CONTENT_DIR: z
    .string()
    .optional()
    .describe(
      "A folder with your own concepts, questions, experiments and labs, added to the ones that come with Bakehouse",
    ),
  HEALTH_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe("A port where /healthz, /readyz and /metrics answer, for a watchdog; leave it out for none"),
  HEALTH_HOST: z
    .union([z.ipv4(), z.ipv6(), z.literal("localhost")], {
      error: "it is an address of this machine, such as 127.0.0.1, 0.0.0.0 or ::",
    })
    .default("127.0.0.1")
    .describe(
      "The address of this machine at which HEALTH_PORT answers; 0.0.0.0 lets other machines ask, so keep it behind a firewall or in a container's own network",
    ),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .optional()
    .describe("How much is logged: debug, info, warn, error or silent. Default: info, in the terminal warn"),
  LOG_FILE: z
    .string()
    .optional()
    .describe(
      "Where the log goes: a file, or stderr for standard error. Default: standard error, in the terminal the file bakehouse.log in DATA_DIR",
    ),
});

/** The settings of these platforms and of the bot itself. */
export function settingsOf(kinds: readonly PlatformKind[]) {
  const theirs: z.ZodRawShape = Object.assign({}, ...kinds.map(({ settings }) => settings));
  return z.object({ ...theirs, ...own(kinds) });
}

/** Every setting, read from the environment. `.env.example` lists the same names; a test compares them. */
export const settings = settingsOf(platforms);

/** The checked settings; those of the platforms by name. */
export type Config = z.output<z.ZodObject<ReturnType<typeof own>>> & Record<string, unknown>;

/** A setting could not be used. `message` names every bad one. */
export class ConfigError extends Error {
  /** One sentence or more for each, beginning with the setting's name. */
  readonly problems: readonly string[];

  constructor(problems: string[]) {
    super(`Bakehouse cannot start, because some settings are wrong:\n${problems.map((one) => `- ${one}`).join("\n")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/**
 * Reads the settings. A variable `X_FILE` names a file that holds the value of `X`. Empty values count as unset.
 * Throws {@link ConfigError} with all problems at once; values are never repeated in it, since they may be secrets.
 */
export function readConfig(
  environment: Record<string, string | undefined>,
  kinds: readonly PlatformKind[] = platforms,
): Config {
  const all = settingsOf(kinds);
  const problems: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(all.shape)) {
    const direct = environment[name];
    const file = environment[`${name}_FILE`];
    if (direct) values[name] = direct;
    else if (file) {
      try {
        values[name] = readFileSync(file, "utf8").trim();
      } catch {
        problems.push(`${name}_FILE: the file ${file} cannot be read. Check the path and who may read it.`);
      }
    }
  }
  const parsed = all.safeParse(values);
  const shape: Record<string, z.ZodType> = all.shape;
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    problems.push(`${name}: ${issue.message}. ${shape[name]?.description ?? ""}`);
  }
  if (parsed.data) for (const kind of kinds) problems.push(...(kind.misfits?.(parsed.data) ?? []));
  if (problems.length || !parsed.success) throw new ConfigError(problems);
  return parsed.data;
}
