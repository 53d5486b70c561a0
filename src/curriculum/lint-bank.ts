import type { Linted } from "./lint.ts";
import type { Question } from "./schema.ts";

/** Below this many questions a share says nothing. */
const enough = 40;

/** The right option must not give itself away by its length or its place, over the whole bank. */
export function lintBank({ items, report }: Linted): void {
  const bank = [...items.questions.values()];
  lintDoubles(bank, report);
  if (bank.length < enough) return;
  const longest = bank.filter(rightIsLongest);
  const most = Math.floor(bank.length * 0.4);
  for (const { id } of longest.slice(most)) {
    report(
      "questions",
      id,
      "- [x]",
      `the right option is the longest in ${longest.length} of ${bank.length} questions, at most ${most} are allowed: shorten this one or lengthen a wrong one`,
    );
  }
  const four = bank.filter(({ options }) => options.length === 4);
  const places = [0, 1, 2, 3].map((place) => four.filter(({ options }) => options[place]?.right));
  const fair = four.length / 4;
  for (const [place, questions] of places.entries()) {
    const allowed = Math.ceil(fair * 1.25);
    for (const { id } of questions.slice(allowed)) {
      report(
        "questions",
        id,
        "- [x]",
        `the right option stands at place ${place + 1} in ${questions.length} of ${four.length} questions, at most ${allowed} are allowed: move it`,
      );
    }
  }
}

function rightIsLongest({ options }: Question): boolean {
  const right = options.find((option) => option.right);
  return right !== undefined && options.every((option) => option.right || option.text.length < right.text.length);
}

function lintDoubles(bank: readonly Question[], report: Linted["report"]): void {
  const seen = new Map<string, string>();
  for (const { id, text } of bank) {
    const key = text.toLowerCase().replace(/\W+/g, " ").trim();
    const other = seen.get(key);
    if (other) report("questions", id, text.split("\n")[0] ?? "", `the same question stands in questions/${other}.md`);
    else seen.set(key, id);
  }
}
