import { lintCurriculum } from "../src/curriculum/lint.ts";
import { formatProblems } from "../src/curriculum/problem.ts";

const dirs = ["content", ...process.argv.slice(2), ...(process.env.CONTENT_DIR ? [process.env.CONTENT_DIR] : [])];
const problems = lintCurriculum(dirs);
if (problems.length) {
  console.error(formatProblems(problems));
  console.error(`${problems.length} problems in ${new Set(problems.map(({ file }) => file)).size} files`);
  process.exitCode = 1;
} else console.log(`content is well: every rule holds in ${dirs.join(", ")}`);
