import { formatValue, functions, isTrue } from "./functions.ts";
import { type Call, type Node, type Pipe, parseTemplate, type Term } from "./parse.ts";
import { TemplateError } from "./template-error.ts";

/** How a field that is not there is answered: a value, or an error thrown with these words. */
export type Missing = (field: string) => { value: unknown } | { error: string };

/** A template that was read and can be filled in many times. */
export type Template = (data: unknown) => string;

/** The most characters one row may become; templates have loops. */
const longest = 200_000;
/** The most parts that are run for one row: loops in loops multiply. */
const mostParts = 50_000;

/** Reads a Go template. It throws {@link TemplateError}; so does filling it in. */
export function compileTemplate(source: string, missing: Missing): Template {
  const nodes = parseTemplate(source.replaceAll("\\t", "\t").replaceAll("\\n", "\n"));
  checkFunctions(nodes);
  return (data) => {
    const out: string[] = [];
    let size = 0;
    const emit = (text: string) => {
      size += text.length;
      if (size > longest) throw new TemplateError("run", "the output is too long");
      out.push(text);
    };
    let parts = 0;
    const count = () => {
      if (++parts > mostParts) throw new TemplateError("run", "the template has too many loops");
    };
    run(nodes, { dot: data, variables: new Map([["$", data]]), missing, emit, count });
    return out.join("");
  };
}

interface Frame {
  dot: unknown;
  variables: Map<string, unknown>;
  missing: Missing;
  emit(text: string): void;
  /** Called for every part that is run. */
  count(): void;
}

function run(nodes: readonly Node[], frame: Frame): void {
  for (const node of nodes) {
    frame.count();
    switch (node.kind) {
      case "text":
        frame.emit(node.text);
        break;
      case "print": {
        const value = evaluate(node.pipe, frame);
        for (const name of node.pipe.declares) frame.variables.set(name, value);
        if (!node.pipe.declares.length) frame.emit(formatValue(value));
        break;
      }
      case "if":
      case "with": {
        const value = evaluate(node.pipe, frame);
        const inner = node.kind === "with" && isTrue(value) ? { ...frame, dot: value } : frame;
        if (node.pipe.declares[0]) frame.variables.set(node.pipe.declares[0], value);
        run(isTrue(value) ? node.body : node.otherwise, inner);
        break;
      }
      case "range": {
        const value = evaluate(node.pipe, frame);
        const entries = entriesOf(value);
        if (!entries.length) run(node.otherwise, frame);
        for (const [key, one] of entries) {
          frame.count();
          const [first, second] = node.pipe.declares;
          if (second) frame.variables.set(first ?? "", key).set(second, one);
          else if (first) frame.variables.set(first, one);
          run(node.body, { ...frame, dot: one });
        }
        break;
      }
    }
  }
}

function entriesOf(value: unknown): [unknown, unknown][] {
  if (Array.isArray(value)) return value.map((one, index) => [index, one]);
  if (typeof value === "object" && value !== null) return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return [];
}

function evaluate(pipe: Pipe, frame: Frame): unknown {
  let piped: unknown[] = [];
  for (const call of pipe.calls) piped = [evaluateCall(call, piped, frame)];
  return piped[0];
}

function evaluateCall(call: Call, piped: unknown[], frame: Frame): unknown {
  const [head, ...rest] = call;
  if (head?.kind === "function") {
    if (head.name === "and" || head.name === "or") {
      let value: unknown;
      for (const read of [...rest.map((term) => () => evaluateTerm(term, frame)), ...piped.map((one) => () => one)]) {
        value = read();
        if (isTrue(value) !== (head.name === "and")) return value;
      }
      return value;
    }
    const args = [...rest.map((term) => evaluateTerm(term, frame)), ...piped];
    return functions[head.name]?.(...args);
  }
  if (!head) return undefined;
  const value = evaluateTerm(head, frame);
  return typeof value === "function" ? value(...rest.map((term) => evaluateTerm(term, frame)), ...piped) : value;
}

function evaluateTerm(term: Term, frame: Frame): unknown {
  switch (term.kind) {
    case "literal":
      return term.value;
    case "field":
      return walk(frame.dot, term.path, frame, term);
    case "variable": {
      if (!frame.variables.has(term.name)) throw new TemplateError("parse", `undefined variable "${term.name}"`);
      return walk(frame.variables.get(term.name), term.path, frame);
    }
    case "group":
      return walk(evaluate(term.pipe, frame), term.path, frame);
    case "function":
      return functions[term.name]?.();
  }
}

function walk(from: unknown, path: readonly string[], { missing }: Frame, field?: { at: number; written: string }) {
  let value = from;
  path.forEach((name, index) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)) {
      value = (value as Record<string, unknown>)[name];
      return;
    }
    const written = `.${path.slice(0, index + 1).join(".")}`;
    const at = (field?.at ?? 0) + written.length - name.length - 1;
    const answer = missing(name);
    if (typeof value === "object" && value !== null && "value" in answer) {
      value = answer.value;
      return;
    }
    const said =
      typeof value === "object" && value !== null && "error" in answer
        ? answer.error
        : `can't evaluate field ${name} in type ${value === null || value === undefined ? "interface {}" : typeof value}`;
    throw new TemplateError("run", said, at, field?.written ?? written);
  });
  return value;
}

function checkFunctions(nodes: readonly Node[]): void {
  const checkPipe = ({ calls }: Pipe): void => {
    for (const term of calls.flat()) {
      if (term.kind === "group") checkPipe(term.pipe);
      if (term.kind === "function" && !/^(and|or)$/.test(term.name) && !Object.hasOwn(functions, term.name))
        throw new TemplateError("parse", `function "${term.name}" not defined`);
    }
  };
  for (const node of nodes) {
    if (node.kind === "text") continue;
    checkPipe(node.pipe);
    if (node.kind === "print") continue;
    checkFunctions(node.body);
    checkFunctions(node.otherwise);
  }
}
