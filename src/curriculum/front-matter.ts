import { isNode, LineCounter, parse, parseDocument, YAMLParseError } from "yaml";
import type { z } from "zod";
import type { Report } from "./problem.ts";

/** The longest front matter, in characters: more costs the reader of YAML more than its share of time. */
const longest = 12_000;
/** More faults of one file are not told: mending the first ones mends most. */
const mostIssues = 20;

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
  if (head.length > longest) {
    report(1, `the front matter has ${head.length} characters, at most ${longest} are allowed`);
    return undefined;
  }
  let data: unknown;
  try {
    data = parse(head, { logLevel: "error", maxAliasCount: 0 });
  } catch (error) {
    report(faultLine(head, error), fault(error));
    return undefined;
  }
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const lineOf = findLines(head);
  for (const issue of result.error.issues.slice(0, mostIssues))
    report(lineOf(issue.path), `${issue.path.join(".") || "front matter"}: ${describe(issue)}`);
  return undefined;
}

/** The line in the file of a value of the front matter, or of the nearest thing around it that exists. */
function findLines(head: string): (path: readonly PropertyKey[]) => number {
  const counter = new LineCounter();
  const document = parseDocument(head, { lineCounter: counter, logLevel: "silent" });
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line + 1;
    }
    return 1;
  };
}

/** What keeps the front matter from being read: a fault in its YAML, or something that would grow while it is read. */
function fault(error: unknown): string {
  if (error instanceof YAMLParseError) {
    const [first = ""] = error.message.split("\n");
    return `the front matter is not valid YAML: ${first.replace(/ at line \d+.*$/, "")}`;
  }
  if (error instanceof ReferenceError) return "the front matter repeats a value by & and *: write it out instead";
  return "the front matter is nested too deeply";
}

function faultLine(head: string, error: unknown): number {
  if (error instanceof YAMLParseError) return (error.linePos?.[0].line ?? 0) + 1;
  const at = head.search(error instanceof ReferenceError ? /\*\w/ : /[[{]{9}/);
  return at < 0 ? 1 : head.slice(0, at).split("\n").length + 1;
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `unknown key ${issue.keys.slice(0, 5).join(", ")}`;
  if (issue.code === "invalid_type" && issue.input === undefined) return "is missing";
  return issue.message;
}
