import { readFileSync } from "node:fs";
import { z } from "zod";

/** Every setting, read from the environment. `.env.example` lists the same names; a test compares them. */
export const settings = z.object({
  CONTENT_DIR: z
    .string()
    .optional()
    .describe(
      "A folder with your own concepts, questions, experiments and labs, added to the ones that come with Bakehouse",
    ),
  DATA_DIR: z.string().default("data").describe("Where Bakehouse keeps its files; it is made if it is missing"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "it starts with postgres://")
    .optional()
    .describe(
      "A PostgreSQL to keep everything in instead of one file under DATA_DIR: postgres://user:password@host/database",
    ),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .optional()
    .describe(
      "How much is logged to standard error: debug, info, warn, error or silent. Default: info, in the terminal warn",
    ),
});

/** The checked settings. */
export type Config = z.output<typeof settings>;

/** A setting could not be used. `message` names every bad one. */
export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(`Bakehouse cannot start, because some settings are wrong:\n${problems.map((one) => `- ${one}`).join("\n")}`);
    this.name = "ConfigError";
  }
}

/**
 * Reads the settings. A variable `X_FILE` names a file that holds the value of `X`. Empty values count as unset.
 * Throws {@link ConfigError} with all problems at once; values are never repeated in it, since they may be secrets.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const problems: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(settings.shape)) {
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
  const parsed = settings.safeParse(values);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]) as keyof typeof settings.shape;
    problems.push(`${name}: ${issue.message}. ${settings.shape[name].description ?? ""}`);
  }
  if (problems.length || !parsed.success) throw new ConfigError(problems);
  return parsed.data;
}
