import type { Random } from "./random.ts";

/** Makes one text of a kind, of about so many characters. */
type Make = (random: Random, length: number) => string;

const fill = (piece: string, length: number) =>
  piece.repeat(Math.max(1, Math.ceil(length / Math.max(1, piece.length)))).slice(0, length);
const repeated =
  (...pieces: string[]): Make =>
  (random, length) =>
    fill(random.pick(pieces), length);
const ended =
  (end: string, ...pieces: string[]): Make =>
  (random, length) =>
    fill(random.pick(pieces), length) + end;
const nested =
  (...pairs: [open: string, close: string][]): Make =>
  (random, length) => {
    const [open, close] = random.pick(pairs);
    const depth = Math.ceil(length / (open.length + close.length));
    return `${open.repeat(depth)}x${close.repeat(depth)}`;
  };
const oneOf =
  (...texts: string[]): Make =>
  (random) =>
    random.pick(texts);

const dockerfile = 'FROM cake\nENV A=1 B=$A\nRUN apt-get update && apt-get install -y curl\nCOPY . /app\nCMD ["sh"]\n';
const compose =
  "services:\n  web:\n    image: nginx\n    ports: ['80:80']\n    depends_on: [db]\n  db:\n    image: postgres\n";
const table = `CONTAINER ID   IMAGE     COMMAND                  CREATED         STATUS         PORTS     NAMES\n${"3f2c1a9b8d7e   cake      \"sh -c 'trap exit TERM'\"   2 minutes ago   Up 2 minutes             toasty_noether\n".repeat(3)}`;
const trace =
  'Error response from daemon: OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "bake": executable file not found in $PATH: unknown.\n';

/** What learners and attackers type that is not meant to be typed, by kind. Each makes the same text from the same random numbers. */
export const kinds: Readonly<Record<string, Make>> = {
  "one letter": ended(
    "!",
    "<",
    "[",
    "!",
    "@",
    "|",
    "#",
    ">",
    ",",
    "a",
    "x",
    "0",
    "_",
    "-",
    ".",
    "/",
    ":",
    "=",
    "$",
    "%",
    "é",
    "語",
  ),
  "one word": repeated(
    "recipe ",
    "docker ",
    "no such file or directory ",
    "services. ",
    "exec ",
    "container ",
    "how do ",
    "a and ",
    "x vs y ",
    "the ",
  ),
  "questions in a row": repeated(
    "what is the difference between ",
    "what is an image? ",
    "how do images and ",
    "why? ",
    "define ",
  ),
  "whitespace, then a letter": ended("x", " ", "\t", "\n", " \n", "\r\n", "\u00a0", "\u2003", "\u2028", "\u3000"),
  "a letter, then whitespace": (random, length) => `x${fill(random.pick([" ", "\t", "\n", "\u00a0 "]), length)}`,
  punctuation: ended("x", "!", "?", "...", ";:", "#", "*", "~", "^", "&", "'", ",", "--", "—"),
  "marks of Markdown": repeated(
    "*",
    "_",
    "**",
    "__",
    "~~",
    "`",
    "``` ",
    "_*",
    "*_*",
    "> ",
    "- ",
    "# ",
    "|",
    "\\",
    "**a",
    "_a_",
    "`a`",
  ),
  "links of Markdown": repeated(
    "[",
    "](",
    "[a](",
    "[a](b",
    "![",
    "<http:",
    "http://",
    "<@U",
    "<!subteam^",
    "&lt;",
    "&amp;",
    "<#C1|",
    "@here ",
    "<@&1>",
  ),
  fences: repeated("```\n", "```sh\n", "```\n```\n", "~~~\n", "> ```\n", "`\u200b`"),
  "brackets in each other": nested(
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
    ["{{", "}}"],
    ["${", "}"],
    ["<", ">"],
    ["[a](", ")"],
    ["**_", "_**"],
  ),
  "quotes in each other": nested(["\"'", "'\""], ['"', ""], ["'", ""], ["`", ""], ['\\"', '\\"'], ["“", "”"]),
  "quotes in a row": repeated('"', "'", '"a" ', "'a' ", "\\", '\\"', 'a:"b" ', '"" '),
  "options in a row": repeated("question:a ", "level:", "topic:x ", 'typed:"', "share:yes ", "name:a line:b ", "x:1 "),
  "here-documents": ended("\nEOF", "<<EOF\n", "docker build - <<EOF\n", "<< 'EOF'\nx\n", "> "),
  "directions and invisible letters": repeated(
    "\u202e",
    "\u202eabc\u202c",
    "\u200b",
    "\u200d",
    "\u2066a\u2069",
    "\ufeff",
    "\u00ad",
    "\u061c",
  ),
  "letters with many marks": repeated(
    "Z\u0300\u0301\u0302\u0303\u0304\u0305",
    "e\u0301",
    "\u0e01\u0e34",
    "\u1100\u1161",
  ),
  "half letters": repeated("\ud800", "\udc00", "\udc00\ud800", "a\ud83d", "\udbff\udfff"),
  "control characters": repeated(
    "\0",
    "\u0007",
    "\u001b[31m",
    "\u001b]0;x\u0007",
    "\b",
    "a\b",
    "\u007f",
    "\u0085",
    "\u001b[",
    "\r",
  ),
  "letters that grow": repeated("ß", "ŉ", "ﬁ", "İ", "ΐ", "ﷺ", "Ⅷ", "ǅ"),
  pictures: repeated("😀", "👩‍👩‍👧‍👦", "🇩🇪", "1️⃣", "\u{e0041}", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
  "private letters": repeated("\ue000", "\ue0001\ue001", "\uf8ff", "\u{10fffd}", "\uffff", "\ufffe"),
  "names of objects": oneOf(
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "__defineGetter__",
    "__proto__.x",
    "constructor.prototype",
    "prototype",
    "then",
    "toJSON",
    "length",
    "isPrototypeOf",
  ),
  "names of objects in a row": repeated(
    "__proto__ ",
    "constructor:x ",
    "__proto__=1 ",
    '{"__proto__":{}} ',
    "[constructor] ",
  ),
  numbers: oneOf(
    "1e999",
    "-0",
    "0x10",
    "9007199254740993",
    "9".repeat(400),
    "NaN",
    "Infinity",
    "-1",
    "1_000",
    "1.5",
    "٣",
    "²",
    "1e-7",
    "00",
    "+1",
  ),
  "numbers in a row": repeated("9", "1.", "1e9", "-1 ", "0", "1,2;"),
  paths: repeated("../", "/", "./", "%2e%2e/", "a/", "C:\\", "//", "~/", ":80/"),
  "web addresses": repeated("https://a.b/c?d=e&", "http://localhost:80/", "mailto:a@b.c ", "javascript:alert(1) "),
  "a Dockerfile": repeated(
    dockerfile,
    "RUN true\n",
    "ENV A=$A$A\n",
    "FROM a AS b\n",
    "\\\n",
    "# comment\n",
    "COPY <<E /x\n",
  ),
  "a Compose file": repeated(compose, "- a\n", "a:\n", " a:\n  b:\n", "&a [*a]\n", "x: {y: "),
  JSON: repeated('{"a":[', "[", '{"a":1},', '"\\u0000",', "[[],", '{"__proto__":'),
  "a table": repeated(
    table,
    "a   b   c\n",
    "| a | b |\n",
    "+---+---+\n",
    "x\t",
    "REPOSITORY   TAG   IMAGE ID   CREATED   SIZE\n",
  ),
  "error messages": repeated(
    trace,
    "docker: Error response from daemon: ",
    "permission denied while trying to connect ",
    "exec /bin/sh: exec format error\n",
    "at Object.<anonymous> (/app/x.js:1:1)\n",
    "ERROR [2/3] RUN x\n",
  ),
  templates: repeated(
    "{{.}}",
    "{{range .}}",
    "{{$a := print $a $a}}",
    "{{json .}}",
    "{{",
    '{{printf "%200s" .}}',
    "{{index . 0}}",
  ),
  "HTML and SQL": repeated(
    "<script>",
    "<!--",
    '<a b="',
    "&#x41;",
    "' OR 1=1 --",
    "; DROP TABLE x; ",
    `${"$"}{jndi:ldap://x}`,
    "%s%n",
  ),
  presses: repeated("v1:", "v1:ask?question=", "v1:quiz answer?round=a&choice=", "&a=b", "%", "%ff", "+", "v2:x?"),
  nothing: oneOf("", " ", "\n", "\u200b", "\0", "…", "-", "?", "/", "$", "docker", "docker ", "$ "),
  noise: (random, length) =>
    Array.from({ length: Math.min(length, 2000) }, () => String.fromCodePoint(1 + random.below(0xd7ff))).join(""),
  "words in no order": (random, length) => {
    const words =
      'docker image container layer volume run rm why what how is not the a error no such file port network build compose : ? - `x` "y" quiz lab'.split(
        " ",
      );
    let text = "";
    while (text.length < length) text += `${random.pick(words)} `;
    return text;
  },
};

/** How long texts are made, in characters: what fits a control, a question, a message, and a whole paste. */
export const lengths = [12, 60, 600, 4000, 8000, 40_000] as const;
