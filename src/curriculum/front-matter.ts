import { isNode, LineCounter, parse, parseDocument, YAMLParseError } from "yaml";
import type { z } from "zod";
import type { Report } from "./problem.ts";

/** Reads a file's front matter by its schema. Returns undefined after reporting every issue with its line. */
export function readFrontMatter<S extends z.ZodType>(
  head: string | null,
  schema: S,
  report: Report,
): z.output<S> | undefined {
  if (head === null) {
    report(1, "the file starts with front matter between two lines of ---");
    return undefined;
  }
  let data: unknown;
  try {
    data = parse(head, { logLevel: "error" });
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const first = error.message.split("\n")[0] ?? "";
    report(
      (error.linePos?.[0].line ?? 0) + 1,
      `the front matter is not valid YAML: ${first.replace(/ at line \d+.*$/, "")}`,
    );
    return undefined;
  }
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  for (const issue of result.error.issues)
    report(lineOf(head, issue.path), `${issue.path.join(".") || "front matter"}: ${describe(issue)}`);
  return undefined;
}

/** The line in the file of a value of the front matter, or of the nearest thing around it that exists. */
export function lineOf(head: string, path: readonly PropertyKey[]): number {
  const counter = new LineCounter();
  const document = parseDocument(head, { lineCounter: counter, logLevel: "silent" });
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line + 1;
  }
  return 1;
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `unknown key ${issue.keys.join(", ")}`;
  if (issue.code === "invalid_type" && issue.input === undefined) return "is missing";
  return issue.message;
}
