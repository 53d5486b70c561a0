import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Mutant, mutantsOf } from "./mutate/mutants.ts";

const usage = `npm run mutate -- FILE [FILE…] [--most 20] [--tests tests/store]
Makes small changes to the committed files, one at a time in a copy, and runs the tests that reach them (or those named). A change
that no test notices survives and is printed. Every n-th change is taken where a file has more than --most.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { most: { type: "string", default: "20" }, tests: { type: "string", multiple: true } },
});
const most = Number(values.most);
if (!positionals.length || !(most > 0)) {
  console.error(usage);
  process.exit(2);
}

/** Longest that the tests of one change may take, in ms: a change that makes them hang is noticed, too. */
const patience = 300_000;

const copy = mkdtempSync(join(tmpdir(), "bakehouse-mutate-"));
run("git", ["worktree", "add", "--quiet", "--detach", "--force", copy, "HEAD"]);
try {
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  let [made, killed] = [0, 0];
  for (const file of positionals) {
    for (const mutant of chosen(mutantsOf(readFileSync(join(copy, file), "utf8")))) {
      made++;
      if (noticed(file, mutant)) killed++;
      else console.log(`survived ${file}:${mutant.line}\n  - ${mutant.before}\n  + ${mutant.after}`);
    }
  }
  console.log(`${killed} of ${made} changes noticed (${made ? Math.round((100 * killed) / made) : 100} %)`);
} finally {
  run("git", ["worktree", "remove", "--force", copy]);
  rmSync(copy, { recursive: true, force: true });
}

function chosen(all: readonly Mutant[]): Mutant[] {
  const every = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(most, all.length) }, (_, at) => all[Math.floor(at * every)]).filter(
    (one) => one !== undefined,
  );
}

function noticed(file: string, { source }: Mutant): boolean {
  const path = join(copy, file);
  const before = readFileSync(path, "utf8");
  writeFileSync(path, source);
  const what = values.tests ? ["run", ...values.tests] : ["related", "--run", file];
  const tests = spawnSync("npx", ["vitest", ...what, "--bail", "1", "--reporter", "dot"], {
    ...{ cwd: copy, timeout: patience, killSignal: "SIGKILL", stdio: "ignore" },
  });
  writeFileSync(path, before);
  return tests.status !== 0;
}

function run(command: string, args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
}
