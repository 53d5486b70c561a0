import { statSync } from "node:fs";
import { ConfigError, readConfig, settings } from "../config.ts";
import { type Finding, fail, ok, warn } from "../core/checks/finding.ts";
import { findMisspelt } from "../core/misspelt.ts";
import type { OwnCheck } from "./own-check.ts";

const envFile = ".env";

/** Reads every setting as the bot would, and looks who may read the file with the tokens. */
export const checkSettings: OwnCheck = ({ environment }) => [
  ...checkValues(environment),
  ...checkNames(environment),
  ...checkFile(),
];

function checkNames(environment: Record<string, string | undefined>): Finding[] {
  return findMisspelt(environment, Object.keys(settings.shape)).map(({ name, meant }) =>
    warn(
      `setting ${name}`,
      `${name} is not a setting of Bakehouse`,
      "It is not read, as if it were not there.",
      `Did you mean ${meant}? Then call it that; else leave it as it is.`,
    ),
  );
}

function checkValues(environment: Record<string, string | undefined>): Finding[] {
  try {
    readConfig(environment);
    return [ok("settings", "every setting that is given can be used")];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => {
      const [, name = "", what = "", rest = ""] = /^(\w+): (.*?)\.(?: (.*))?$/s.exec(problem) ?? [];
      return fail(
        `setting ${name}`,
        `${name} cannot be used: ${what}`,
        "Bakehouse does not start before this is right.",
        rest || "See .env.example for what it is.",
      );
    });
  }
}

function checkFile(): Finding[] {
  const mode = statSync(envFile, { throwIfNoEntry: false })?.mode;
  if (mode === undefined || process.platform === "win32" || (mode & 0o077) === 0) return [];
  return [
    warn(
      "settings file",
      `${envFile} can be read by other users of this machine (mode ${(mode & 0o777).toString(8)})`,
      "Whoever reads it can act as the bot.",
      `Run \`chmod 600 ${envFile}\`.`,
    ),
  ];
}
