import { type Budget, createBudget } from "./budget.ts";
import { formatValue, functions, growth, isTrue } from "./functions.ts";
import { type Call, type Node, type Pipe, parseTemplate, type Term } from "./parse.ts";
import { TemplateError } from "./template-error.ts";

/** How a field that is not there is answered: a value, or an error thrown with these words. */
export type Missing = (field: string) => { value: unknown } | { error: string };

/** A template that was read and can be filled in many times. */
export type Template = (data: unknown) => string;

/**
 * Reads a Go template. It throws {@link TemplateError}; so does filling it in, and {@link LineRefusal} when all fillings together
 * do more than one line may.
 */
export function compileTemplate(source: string, missing: Missing): Template {
  const nodes = parseTemplate(source.replaceAll("\\t", "\t").replaceAll("\\n", "\n"));
  checkFunctions(nodes);
  const budget = createBudget();
  return (data) => {
    const out: string[] = [];
    const emit = (text: string) => {
      budget.output(text.length);
      out.push(text);
    };
    run(nodes, { dot: data, variables: new Map([["$", data]]), missing, budget, emit });
    return out.join("");
  };
}

interface Frame {
  dot: unknown;
  variables: Map<string, unknown>;
  missing: Missing;
  budget: Budget;
  emit(text: string): void;
}

function run(nodes: readonly Node[], frame: Frame): void {
  for (const node of nodes) {
    frame.budget.steps(1);
    switch (node.kind) {
      case "text":
        frame.emit(node.text);
        break;
      case "print": {
        const value = evaluate(node.pipe, frame);
        for (const name of node.pipe.declares) frame.variables.set(name, value);
        if (node.pipe.declares.length) break;
        frame.budget.values([value]);
        frame.emit(formatValue(value));
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
        frame.budget.steps(entries.length);
        if (!entries.length) run(node.otherwise, frame);
        for (const [key, one] of entries) {
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
  frame.budget.steps(call.length);
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
    return callFunction(head.name, args, frame.budget);
  }
  if (!head) return undefined;
  const value = evaluateTerm(head, frame);
  return typeof value === "function" ? value(...rest.map((term) => evaluateTerm(term, frame)), ...piped) : value;
}

/** What is made is paid for before it is made, so that no value can be larger than the budget. */
function callFunction(name: string, args: unknown[], budget: Budget): unknown {
  // Looking at one place costs the same whatever the size.
  budget.values(name === "index" ? args.slice(1) : args);
  budget.characters(growth[name]?.(args) ?? 0);
  const made = functions[name]?.(...args);
  if (name !== "index") budget.values([made]);
  return made;
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
      return callFunction(term.name, [], frame.budget);
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
