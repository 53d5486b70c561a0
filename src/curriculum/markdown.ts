/** A content file cut at its front matter. Line numbers are 1-based and count from the top of the file. */
export interface Split {
  /** The YAML between the two `---` lines; null when there is none. */
  head: string | null;
  body: Line[];
}

/** One line of the body with its place in the file. */
export interface Line {
  text: string;
  number: number;
}

/** A run of prose or one fenced block. */
export interface Part {
  /** The fence's language, or null for prose. */
  fence: string | null;
  text: string;
  /** The first line of the text itself. */
  line: number;
}

/** What stands under one `##` heading; the part before the first heading has an empty title. */
export interface Section {
  title: string;
  line: number;
  lines: Line[];
}

/** Cuts front matter from body. Understands CRLF and a byte order mark. */
export function splitFile(text: string): Split {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n")
    .split("\n");
  const end =
    lines[0]?.trimEnd() === "---" ? lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---") : -1;
  const body = lines.slice(end + 1).map((line, index) => ({ text: line.trimEnd(), number: end + 2 + index }));
  return { head: end > 0 ? lines.slice(1, end).join("\n") : null, body };
}

/** Cuts a body at its `## ` headings, which do not count inside a fence. */
export function sections(body: readonly Line[]): Section[] {
  const found: Section[] = [{ title: "", line: body[0]?.number ?? 1, lines: [] }];
  let fenced = false;
  for (const line of body) {
    if (line.text.startsWith("```")) fenced = !fenced;
    if (!fenced && line.text.startsWith("## "))
      found.push({ title: line.text.slice(3).trim(), line: line.number, lines: [] });
    else found.at(-1)?.lines.push(line);
  }
  return found;
}

/** Cuts lines into prose and fenced blocks; prose keeps its paragraphs and is left out when blank. */
export function parts(lines: readonly Line[]): Part[] {
  const found: Part[] = [];
  let open: { fence: string | null; lines: Line[] } = { fence: null, lines: [] };
  const close = () => {
    const kept = open.fence === null ? trimBlank(open.lines) : open.lines;
    if (kept.length || open.fence !== null) {
      found.push({
        fence: open.fence,
        text: kept.map(({ text }) => text).join("\n"),
        line: kept[0]?.number ?? lines[0]?.number ?? 1,
      });
    }
  };
  for (const line of lines) {
    const fence = /^```([a-z]*)$/.exec(line.text);
    if (fence && (open.fence === null || fence[1] === "")) {
      close();
      open = { fence: open.fence === null ? (fence[1] ?? "") : null, lines: [] };
    } else open.lines.push(line);
  }
  close();
  return found;
}

/** The paragraphs of lines, each with its first line. */
export function paragraphs(lines: readonly Line[]): Line[] {
  const found: Line[] = [];
  let previousBlank = true;
  for (const line of lines) {
    const last = found.at(-1);
    if (line.text && (previousBlank || !last)) found.push({ ...line });
    else if (line.text && last) last.text += `\n${line.text}`;
    previousBlank = !line.text;
  }
  return found;
}

function trimBlank(lines: Line[]): Line[] {
  const first = lines.findIndex(({ text }) => text);
  const last = lines.findLastIndex(({ text }) => text);
  return first < 0 ? [] : lines.slice(first, last + 1);
}
