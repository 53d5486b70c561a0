/** One instruction of a Dockerfile. */
export interface Instruction {
  name: string;
  /** What stands after the name, on one line. */
  rest: string;
}

const names =
  "FROM|RUN|COPY|ADD|WORKDIR|CMD|ENTRYPOINT|ENV|ARG|EXPOSE|USER|VOLUME|LABEL|HEALTHCHECK|SHELL|STOPSIGNAL|ONBUILD|MAINTAINER";
const onLine = new RegExp(`^\\s*(${names})\\s+(.+)$`);
/** In a chat that folds lines, instructions stand behind one another; they are written in capitals. */
const anywhere = new RegExp(`(?:^|\\s)(${names})\\s+(?=\\S)`, "g");

/** The instructions of a pasted Dockerfile and what is said beside it; undefined when the text holds none. At most 500 instructions. */
export function readDockerfile(text: string): { instructions: Instruction[]; said: string } | undefined {
  if (!/(?:^|\s)FROM\s+[\w./$"-]/.test(text)) return undefined;
  const joined = text.replace(/\\\s*\r?\n/g, " ");
  const lines = joined.split(/\r?\n/);
  const read = lines.filter((line) => onLine.test(line)).length > 1 ? readLines(lines) : readFolded(joined);
  return read.instructions.length > 1 ? read : undefined;
}

function readLines(lines: readonly string[]): { instructions: Instruction[]; said: string } {
  const instructions: Instruction[] = [];
  const said: string[] = [];
  for (const line of lines) {
    const [, name, rest] = onLine.exec(line) ?? [];
    if (name && rest && instructions.length < 500) instructions.push({ name, rest: rest.trim() });
    else if (line.trim() && !line.trim().startsWith("#") && !/^```/.test(line)) said.push(line.trim());
  }
  return { instructions, said: said.join(" ") };
}

function readFolded(text: string): { instructions: Instruction[]; said: string } {
  const starts = [...text.matchAll(anywhere)].slice(0, 500);
  const instructions: Instruction[] = [];
  let said = text.slice(0, starts[0]?.index ?? 0);
  starts.forEach((start, index) => {
    const from = start.index + start[0].length;
    const rest = text.slice(from, starts[index + 1]?.index ?? text.length).trim();
    const name = start[1] ?? "";
    const last = index === starts.length - 1;
    const [own, more] = last ? splitTail(rest) : [rest, ""];
    said += ` ${more}`;
    instructions.push({ name, rest: own });
  });
  return { instructions, said: said.trim() };
}

/** The last instruction is followed by what the person says. */
function splitTail(rest: string): [own: string, said: string] {
  const list = /^\[[^\]]*\]/.exec(rest)?.[0];
  if (list) return [list, rest.slice(list.length)];
  const cut =
    /\s(?=(?:why|what|how|whats|i|is|it|the|but|and|when|then|can|does|npm ERR|make:|exec:|[a-z]+ (?:runs|is|does|says))\b)/i.exec(
      rest,
    );
  return cut ? [rest.slice(0, cut.index), rest.slice(cut.index)] : [rest, ""];
}

/** The words of an exec form, `["node", "app.js"]`; undefined for the shell form. */
export function execForm(rest: string): string[] | undefined {
  const list = /^\[(.*)\]/s.exec(rest)?.[1];
  if (list === undefined) return undefined;
  return [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word]) => word ?? "");
}
