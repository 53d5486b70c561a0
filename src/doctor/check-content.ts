import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fail, ok } from "../core/checks/finding.ts";
import { lintCurriculum } from "../curriculum/lint.ts";
import { formatProblems } from "../curriculum/problem.ts";
import type { OwnCheck } from "./own-check.ts";

const own = fileURLToPath(new URL("../../content", import.meta.url));
const shown = 5;

/** Checks the content that comes with Bakehouse and the host's own against every rule. */
export const checkContent: OwnCheck = ({ config }) => {
  const name = "content";
  const extra = config.CONTENT_DIR;
  if (extra && !existsSync(extra)) {
    return [
      fail(
        name,
        `the folder ${extra} (CONTENT_DIR) is not there`,
        "Your own content is not taught.",
        "Correct CONTENT_DIR, or make the folder.",
      ),
    ];
  }
  const problems = lintCurriculum([own, ...(extra ? [extra] : [])]);
  if (!problems.length) return [ok(name, extra ? `every rule holds, in ${extra} too` : "every rule holds")];
  const more = problems.length > shown ? ` and ${problems.length - shown} more` : "";
  return [
    fail(
      name,
      `${problems.length} problems: ${formatProblems(problems).split("\n").slice(0, shown).join("; ")}${more}`,
      extra
        ? "As long as that is so, only the content that comes with Bakehouse is taught."
        : "A file that breaks a rule may keep the bot from starting, or teach something wrong.",
      "`npm run lint:content` lists all of them; docs/content.md has the rules.",
    ),
  ];
};
