import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";

/** The variables of a file like `.env`; none when it is not there. */
export function readEnvFile(path: string): Record<string, string | undefined> {
  return existsSync(path) ? parseEnv(readFileSync(path, "utf8")) : {};
}

/**
 * Sets variables in a file like `.env` and keeps every other line. Only its owner can read it afterwards. It is replaced as a whole, so
 * a crash leaves the old one. Throws when it cannot be written.
 */
export function writeEnvFile(path: string, values: Record<string, string>): void {
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  const left = new Map(Object.entries(values));
  const lines = before.split("\n").flatMap((line) => {
    const name = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=/.exec(line)?.[1];
    if (name === undefined || !(name in values)) return [line];
    const value = left.get(name);
    left.delete(name);
    // The last of several lines would win otherwise.
    return value === undefined ? [] : [`${name}=${value}`];
  });
  while (lines.at(-1) === "") lines.pop();
  for (const [name, value] of left) lines.push(`${name}=${value}`);
  const unfinished = `${path}.new`;
  // One that a crash left behind may be open to others.
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, `${lines.join("\n")}\n`, { mode: 0o600 });
  renameSync(unfinished, path);
}
