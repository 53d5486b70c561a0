import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { checkWalls } from "./walls/check-walls.ts";
import { wallsTable } from "./walls/walls-table.ts";

/** Holds the real imports against `src/walls.ts`, and writes its table into `docs/architecture.md`. */
const docs = "docs/architecture.md";
const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "src", "commands", "scripts"], {
  encoding: "utf8",
})
  .trim()
  .split("\n")
  .filter((file) => /\.[jt]s$/.test(file));
const problems = checkWalls(new Map(files.flatMap((file) => read(file))));
for (const problem of problems) console.error(problem);
const before = readFileSync(docs, "utf8");
const after = before.replace(
  /(<!-- walls -->\n)[\s\S]*?(<!-- end of walls -->)/,
  (_, open, close) => open + wallsTable() + close,
);
if (!process.argv.includes("--check")) writeFileSync(docs, after);
else if (after !== before) problems.push(`${docs}: its table is not the one of src/walls.ts; run \`npm run walls\``);
if (after !== before && problems.length) console.error(problems.at(-1));
process.exitCode = problems.length ? 1 : 0;

/** A file that git still lists may be gone from the disk. */
function read(file: string): [string, string][] {
  try {
    return [[file, readFileSync(file, "utf8")]];
  } catch {
    return [];
  }
}
