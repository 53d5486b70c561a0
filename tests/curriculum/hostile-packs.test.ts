import { execFileSync } from "node:child_process";
import {
  cpSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTutor } from "../../src/answers/cards/tutor.ts";
import { openLibrary } from "../../src/curriculum/library.ts";
import { lintCurriculum } from "../../src/curriculum/lint.ts";
import { CurriculumError, formatProblems } from "../../src/curriculum/problem.ts";

const own = fileURLToPath(new URL("../../content", import.meta.url));
const card = readFileSync(join(own, "concepts/layers.md"), "utf8");
let root: string;
let pack: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "pack-"));
  pack = join(root, "pack");
  for (const kind of ["concepts", "questions", "wording", "answers"]) mkdirSync(join(pack, kind), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const put = (path: string, text: string | Uint8Array) => writeFileSync(join(pack, path), text);
const withErrors = (...errors: string[]) =>
  card.replace(/^errors:.*\n(?:[ ]+- .*\n)*/m, () => `errors:\n${errors.map((one) => `  - '${one}'\n`).join("")}`);
const withHead = (line: string) => card.replace("---\n", `---\n${line}\n`);

function huge(path: string): void {
  ftruncateSync(openSync(join(pack, path), "w"), 100 * 1024 * 1024);
}

async function socket(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(pack, path), resolve));
  server.unref();
}

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi"
  .split("")
  .map(
    (name, index) => `${name}: &${name} [${"abcdefgh"[index] ? Array(9).fill(`*${"abcdefgh"[index]}`).join(",") : ""}]`,
  )
  .join("\n")}`;

describe("a pack that is broken, or meant to harm", () => {
  it.each<[string, () => void | Promise<void>, RegExp]>([
    [
      "a file of 100 MB",
      () => huge("concepts/big.md"),
      /^pack\/concepts\/big\.md:1: the file has 102400 kB, at most 256 kB/m,
    ],
    ["a wording of 100 MB", () => huge("wording/layers.txt"), /^pack\/wording\/layers\.txt:1: the file has 102400 kB/m],
    [
      "a pipe",
      () => void execFileSync("sh", ["-c", `mkfifo "$0"`, join(pack, "questions/pipe.md")]),
      /^pack\/questions\/pipe\.md:1: this is a pipe/m,
    ],
    [
      "a pipe among the answers",
      () => void execFileSync("sh", ["-c", `mkfifo "$0"`, join(pack, "answers/layers.md")]),
      /^pack\/answers\/layers\.md:1: this is a pipe/m,
    ],
    ["a socket", () => socket("concepts/s.md"), /^pack\/concepts\/s\.md:1: this is a pipe, a socket or a device/m],
    [
      "a link to a device",
      () => symlinkSync("/dev/zero", join(pack, "concepts/zero.md")),
      /zero\.md:1: this link leads out of the content folder/m,
    ],
    [
      "a link out of the folder",
      () => symlinkSync("/etc/hostname", join(pack, "concepts/host.md")),
      /host\.md:1: this link leads out/m,
    ],
    [
      "a link of links to itself",
      () => symlinkSync("loop.md", join(pack, "concepts/loop.md")),
      /loop\.md:1: this link cannot be followed: it leads back to itself/m,
    ],
    [
      "a link to nothing",
      () => symlinkSync("nothing.md", join(pack, "concepts/gone.md")),
      /gone\.md:1: .*leads nowhere/m,
    ],
    [
      "a whole folder that is a link",
      () => symlinkSync("/etc", join(pack, "labs")),
      /^pack\/labs:1: this link leads out/m,
    ],
    [
      "a file in the place of a folder",
      () => put("labs", "no folder"),
      /^pack\/labs:1: this is a file, where a folder is expected/m,
    ],
    [
      "a folder with a file's name",
      () => void mkdirSync(join(pack, "concepts/folder.md")),
      /folder\.md:1: this is a folder, where a file is expected/m,
    ],
    [
      "bytes that are no text",
      () => put("concepts/bytes.md", Buffer.concat([Buffer.from(card), Buffer.from([10, 0xff, 0xfe])])),
      new RegExp(`bytes\\.md:${card.split("\n").length + 1}: here is something that is no text`, "m"),
    ],
    [
      "NUL bytes",
      () => put("concepts/nul.md", `---\n\0\n---\n${card}`),
      /nul\.md:2: here is something that is no text/m,
    ],
    [
      "thousands of files",
      () => {
        for (let index = 0; index < 3500; index++) put(`questions/q-${index}.md`, "");
      },
      /^pack\/questions:1: the folder holds more than 3000 files/m,
    ],
    [
      "more text than a course has",
      () => {
        for (let index = 0; index < 50; index++) put(`wording/layers-${index}.txt`, "word ".repeat(50_000));
      },
      /the folder holds more than 8 MB/m,
    ],
    [
      "a bomb of aliases",
      () => put("concepts/bomb.md", withHead(bomb)),
      /bomb\.md:\d+: the front matter repeats a value by & and \*/m,
    ],
    ["an alias", () => put("concepts/alias.md", withHead("x: &x 1\ny: *x")), /alias\.md:3: the front matter repeats/m],
    [
      "front matter as deep as it is long",
      () => put("concepts/deep.md", withHead(`x: ${"[".repeat(11_000 - 2000)}`)),
      /deep\.md:\d+: the front matter/m,
    ],
    [
      "front matter without end",
      () => put("concepts/long.md", withHead(`x: "${"x".repeat(20_000)}"`)),
      /long\.md:1: the front matter has \d+ characters/m,
    ],
    [
      "thousands of wrong values",
      () => put("concepts/many.md", withHead(`sources: [${"1,".repeat(4000)}]`).replace(/^sources:\n/m, "old:\n")),
      /many\.md:\d+: /m,
    ],
    [
      "a pattern with a look-ahead",
      () => put("concepts/layers.md", withErrors("x(?=(a+)+b)c")),
      /layers\.md:\d+: the pattern "x\(\?=.*no look-ahead/m,
    ],
    [
      "a pattern with a back-reference",
      () => put("concepts/layers.md", withErrors("(.+)+\\1x")),
      /layers\.md:\d+: the pattern .*back-reference/m,
    ],
    [
      "a pattern that repeats very often",
      () => put("concepts/layers.md", withErrors("((a{0,9}){0,9}){0,9}b")),
      /layers\.md:\d+: .*repeats too much/m,
    ],
    [
      "a pattern that is no pattern",
      () => put("concepts/layers.md", withErrors("(a")),
      /layers\.md:\d+: errors\.0: is not a valid regular expression/m,
    ],
    [
      "a pattern as long as a book",
      () => put("concepts/layers.md", withErrors("a".repeat(400))),
      /layers\.md:\d+: .*at most 300 characters/m,
    ],
    ["no folder at all", () => rmSync(pack, { recursive: true }), /pack:1: there is no folder/m],
  ])(
    "%s: refused with file and line, and the own content is taught",
    async (_, make, said) => {
      await make();
      const began = performance.now();
      expect(formatProblems(lintCurriculum([own, pack]))).toMatch(said);
      const library = openLibrary([own, pack]);
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(library.current.concepts.has("layers")).toBe(true);
      expect(library.refused).toBeInstanceOf(CurriculumError);
      expect(String(library.refused)).toMatch(new RegExp(said.source.replace("^", "").split(":")[0] ?? ""));
      await expect(library.reload()).rejects.toThrow(CurriculumError);
      mkdirSync(join(root, "good"));
      rmSync(pack, { recursive: true, force: true });
      mkdirSync(pack);
      await library.reload();
      expect(library.refused).toBeUndefined();
    },
    60_000,
  );

  it("may have links inside of itself, as folders that a cluster mounts have", () => {
    mkdirSync(join(pack, "..data"));
    cpSync(join(own, "questions/layers-01.md"), join(pack, "..data/layers-91.md"));
    const text = readFileSync(join(own, "questions/layers-01.md"), "utf8").replace(
      /\n---\n[^\n]+/,
      "\n---\nIs this one another question?",
    );
    writeFileSync(join(pack, "..data/layers-91.md"), text);
    symlinkSync("../..data/layers-91.md", join(pack, "questions/layers-91.md"));
    const library = openLibrary([own, pack]);
    expect(String(library.refused ?? "")).toBe("");
    expect(library.current.questions.has("layers-91")).toBe(true);
  });

  it("finds errors by patterns of a pack whose holes run into each other", () => {
    mkdirSync(join(pack, "errors"));
    const told = "It is broken.\n\n```sh\ndocker ps\n```\n";
    put(
      "errors/ours.md",
      `---\nconcept: layers\nsources:\n  - https://docs.docker.com/\n---\n## The oven is broken\n\`\`\`match\n{path}{path}{path}{path}{path} is an oven\nzorp {words} {words} {words} {words} done\n\`\`\`\n\`\`\`seen\nzorp a b c d done\n\`\`\`\n${told}`,
    );
    const began = performance.now();
    const library = openLibrary([own, pack]);
    expect(String(library.refused ?? "")).toBe("");
    const tutor = createTutor(library);
    const texts = [
      `${"a/".repeat(1900)} is an over`,
      `zorp ${"x ".repeat(1900)} dome`,
      `is an oven ${"/".repeat(3900)}`,
    ];
    for (const text of texts) tutor.diagnose(`${text}\nis an oven\nzorp  done`);
    expect(tutor.diagnose("zorp the big red oven done")?.title).toBe("The oven is broken");
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it("runs patterns that would take years elsewhere, and still finds with them", () => {
    put(
      "concepts/layers.md",
      withErrors("(a+)+$", "(x+x+)+y", "(.*)(.*)(.*)(.*)z!", "zorp (timer|alarm) failed: \\S+"),
    );
    const library = openLibrary([own, pack]);
    expect(String(library.refused ?? "")).toBe("");
    const tutor = createTutor(library);
    tutor.find("warm up");
    const began = performance.now();
    for (const text of [`${"a".repeat(30)}!`, `${"a".repeat(3990)}!`, "x".repeat(3990), `${"zorp ".repeat(400)}!`])
      tutor.find(text);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(tutor.find("Zorp ALARM failed: E42").ranked.map(({ concept }) => concept)).toContain("layers");
  });
});
