import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineCommands } from "../../src/docker-cli/line-commands.ts";
import { LineRefusal } from "../../src/docker-cli/line-refusal.ts";
import { readLine } from "../../src/docker-cli/read-line.ts";
import { tokenize } from "../../src/docker-cli/tokenize.ts";
import { CliError } from "../../src/engine/cli-error.ts";

const words = (line: string) => tokenize(line).words;
const refusal = (line: string): string => {
  try {
    tokenize(line);
  } catch (error) {
    if (error instanceof LineRefusal) return error.message;
    throw error;
  }
  throw new Error(`not refused: ${line}`);
};

describe("words of a line", () => {
  test("quotes and escapes are read as a shell reads them", () => {
    expect(words(`docker exec ada sh -c 'echo "$HOME" > /x; ls | wc'`)).toEqual([
      "docker",
      "exec",
      "ada",
      "sh",
      "-c",
      'echo "$HOME" > /x; ls | wc',
    ]);
    expect(words(`docker run "a b"c'd e' \\"x\\" ''`)).toEqual(["docker", "run", "a bcd e", '"x"', ""]);
    expect(words('docker run "say \\"hi\\" for 5$"')).toEqual(["docker", "run", 'say "hi" for 5$']);
    expect(words("docker ps \\\n  -a # all of them")).toEqual(["docker", "ps", "-a"]);
  });

  test("typographic quotes and dashes are taken for plain ones", () => {
    expect(words("docker run \u2014name ada cake sh -c \u201cecho hi\u201d")).toEqual([
      "docker",
      "run",
      "--name",
      "ada",
      "cake",
      "sh",
      "-c",
      "echo hi",
    ]);
  });

  test("everything that needs a shell is refused in a sentence", () => {
    for (const line of [
      "docker ps | cat",
      "docker ps; ls",
      "docker ps && ls",
      "docker ps &",
      "docker ps > x",
      "docker ps < x",
      "docker rm $(docker ps -q)",
      "docker rm `id`",
      "docker run $X",
      'docker run "$X"',
      "(docker ps)",
      "docker ps 'x",
      'docker ps "x',
      "docker ps \\",
      "docker ps\ndocker images",
      "docker run \u0007",
      `docker ${"x".repeat(9000)}`,
    ])
      expect(refusal(line), line).toMatch(/^[A-Z][^\n]{20,}\.$/);
  });

  test("a Dockerfile comes along as a here-document, a fenced block or continued lines", () => {
    const file = "FROM cake\nRUN echo $X > /y\n";
    const line = "docker build -t x -";
    expect(tokenize(`${line} <<EOF\n${file}EOF`)).toEqual({ words: ["docker", "build", "-t", "x", "-"], input: file });
    expect(tokenize(`${line} <<'END'\n> FROM cake\n> RUN echo $X > /y\n> END`).input).toBe(file);
    expect(tokenize(`${line}\n\`\`\`dockerfile\n${file}\`\`\``).input).toBe(file);
    expect(tokenize(`${line}\n> FROM cake\n> RUN echo $X > /y`).input).toBe(file);
    expect(refusal(`${line} <<EOF\n${file}`)).toContain("`EOF`");
    expect(refusal(`${line} <<EOF\n${file}EOF\ndocker ps`)).toContain("One docker line");
  });
});

const fragments = fc.constantFrom(
  "docker",
  "run",
  "ps",
  "build",
  "exec",
  "inspect",
  "images",
  "cp",
  "-d",
  "-it",
  "--name",
  "--name=ada",
  "-v",
  "/:/host",
  "--privileged",
  "-p",
  "80:80",
  "--format",
  "{{.Id}}",
  "{{",
  "--filter",
  "a=b",
  "cake",
  "sh",
  "-c",
  "'",
  '"',
  "\\",
  "\n",
  " ",
  "<<EOF",
  "EOF",
  "```",
  "$(",
  "`",
  ";",
  "|",
  "--",
  "-",
  "=",
  "--memory",
  "2g",
  "-e",
  "A=b",
  "\u202e",
  "\0",
  "💥",
  "tutor.owner=x",
  "--label",
);
const anyLine = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.array(fragments, { maxLength: 25 }).map((parts) => parts.join(" ")),
  fc.array(fragments, { maxLength: 25 }).map((parts) => `docker ${parts.join("")}`),
);

describe("any text at all", () => {
  test("is read or refused, and never fails otherwise", () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        try {
          readLine(line);
        } catch (error) {
          if (!(error instanceof LineRefusal) && !(error instanceof CliError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("becomes flags of the command's own list and nothing besides", () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        let read: ReturnType<typeof readLine> | undefined;
        try {
          read = readLine(line);
        } catch {}
        if (!read || "help" in read) return;
        expect(lineCommands).toContain(read.command);
        const own = Object.keys(read.command.flags.shape);
        for (const name of Object.keys(read.flags)) expect(own).toContain(name);
        for (const value of read.args) expect(typeof value).toBe("string");
      }),
      { numRuns: 2000 },
    );
  });

  test("quoting a word gives the word back", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc
            .string({ maxLength: 30 })
            .filter((word) => !/[\p{Cc}\u2018-\u201e\u00a0]/u.test(word) && word.isWellFormed()),
          { maxLength: 6 },
        ),
        (list) => {
          const quoted = list.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
          expect(words(`docker ${quoted}`)).toEqual(["docker", ...list]);
        },
      ),
    );
  });
});
