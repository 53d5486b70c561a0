import { lexAction, type Token } from "./lex.ts";
import { TemplateError } from "./template-error.ts";

/** An operand or a call inside an action. */
export type Term =
  | { kind: "field"; path: string[]; at: number; written: string }
  | { kind: "variable"; name: string; path: string[] }
  | { kind: "literal"; value: unknown }
  | { kind: "function"; name: string }
  | { kind: "group"; pipe: Pipe; path: string[] };

/** Terms of one command: the first is the function when there are more. */
export type Call = Term[];
export interface Pipe {
  declares: string[];
  calls: Call[];
}

export type Node =
  | { kind: "text"; text: string }
  | { kind: "print"; pipe: Pipe }
  | { kind: "if" | "with" | "range"; pipe: Pipe; body: Node[]; otherwise: Node[] };

interface Open {
  node: Extract<Node, { body: Node[] }> | undefined;
  into: Node[];
  /** An `else if` ends together with the one it hangs on. */
  chained: boolean;
}

/** Parses a Go template as far as `docker … --format` needs one. Throws {@link TemplateError} with Go's words. */
export function parseTemplate(source: string): Node[] {
  const root: Node[] = [];
  const stack: Open[] = [{ node: undefined, into: root, chained: false }];
  const top = () => stack.at(-1) as Open;
  let at = 0;
  let trimNext = false;
  while (at < source.length) {
    const open = source.indexOf("{{", at);
    let text = source.slice(at, open < 0 ? undefined : open);
    if (trimNext) text = text.trimStart();
    const trimBefore = open >= 0 && /^\{\{-\s/.test(source.slice(open, open + 4));
    if (trimBefore) text = text.trimEnd();
    if (text) top().into.push({ kind: "text", text });
    if (open < 0) break;
    const close = endOfAction(source, open + 2);
    let action = source.slice(open + 2 + (trimBefore ? 1 : 0), close);
    trimNext = /\s-$/.test(action);
    if (trimNext) action = action.slice(0, -1);
    readAction(action, open + 2 + (trimBefore ? 1 : 0));
    at = close + 2;
  }
  if (stack.length > 1) throw new TemplateError("parse", "unexpected EOF");
  return root;

  function readAction(action: string, offset: number): void {
    if (/^\s*\/\*[\s\S]*\*\/\s*$/.test(action)) return;
    const tokens = lexAction(action, offset);
    const [first] = tokens;
    const word = first?.kind === "word" ? first.text : undefined;
    if (word === "end") {
      while (top().chained) stack.pop();
      if (stack.length === 1) throw new TemplateError("parse", "unexpected {{end}}");
      stack.pop();
    } else if (word === "else") {
      const { node } = top();
      if (!node) throw new TemplateError("parse", "unexpected {{else}}");
      stack.push({ node: undefined, into: node.otherwise, chained: true });
      const [, next] = tokens;
      if (next?.kind === "word" && next.text === "if") openBlock("if", tokens.slice(2), true);
    } else if (word === "if" || word === "with" || word === "range") openBlock(word, tokens.slice(1), false);
    else top().into.push({ kind: "print", pipe: parsePipe(tokens) });
  }

  function openBlock(kind: "if" | "with" | "range", tokens: Token[], chained: boolean): void {
    const node = { kind, pipe: parsePipe(tokens), body: [], otherwise: [] } as Extract<Node, { body: Node[] }>;
    top().into.push(node);
    stack.push({ node, into: node.body, chained });
  }
}

function endOfAction(source: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    const char = source[at];
    if (char === '"' || char === "`" || char === "'") {
      at++;
      while (at < source.length && source[at] !== char) at += char !== "`" && source[at] === "\\" ? 2 : 1;
      if (at >= source.length) throw new TemplateError("parse", "unterminated quoted string");
    } else if (source.startsWith("}}", at)) return at;
  }
  throw new TemplateError("parse", "unclosed action");
}

function parsePipe(tokens: Token[]): Pipe {
  const declares: string[] = [];
  let rest = tokens;
  const assign = tokens.findIndex(({ kind }) => kind === "assign");
  if (assign >= 0) {
    for (const token of tokens.slice(0, assign)) if (token.kind === "variable") declares.push(token.text);
    rest = tokens.slice(assign + 1);
  }
  const calls: Call[] = [[]];
  const groups: { call: Call; calls: Call[] }[] = [];
  let current = calls;
  for (const token of rest) {
    const call = current.at(-1) as Call;
    if (token.kind === "pipe") current.push([]);
    else if (token.kind === "open") {
      if (groups.length > 20) throw new TemplateError("parse", "too deep");
      groups.push({ call, calls: current });
      current = [[]];
    } else if (token.kind === "close") {
      const outer = groups.pop();
      if (!outer) throw new TemplateError("parse", "unexpected right paren");
      outer.call.push({ kind: "group", pipe: { declares: [], calls: current }, path: token.path });
      current = outer.calls;
    } else if (token.kind === "word") call.push({ kind: "function", name: token.text });
    else if (token.kind === "field") call.push({ kind: "field", path: token.path, at: token.at, written: token.text });
    else if (token.kind === "variable") call.push({ kind: "variable", name: token.text, path: token.path });
    else if (token.kind === "literal") call.push({ kind: "literal", value: token.value });
  }
  if (groups.length) throw new TemplateError("parse", "unclosed left paren");
  if (current.some((call) => call.length === 0)) throw new TemplateError("parse", "missing value for command");
  return { declares, calls };
}
