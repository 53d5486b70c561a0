import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Clinic, createClinic } from "../../../src/answers/errors/clinic.ts";
import { parseErrors } from "../../../src/curriculum/errors/parse-errors.ts";
import { loadCurriculum } from "../../../src/curriculum/load.ts";

const content = fileURLToPath(new URL("../../../content", import.meta.url));
const entries = [...loadCurriculum({ dirs: [content] }).errors.values()];
const clinic = createClinic(entries);

/** What a diagnosis says, as one text. */
function told(paste: string, by: Clinic = clinic): string {
  return (
    by
      .diagnose(paste)
      ?.parts.map(({ text }) => text)
      .join("\n") ?? ""
  );
}

describe("the error clinic", () => {
  it("recognises every error text of its own content as the error it stands under", () => {
    const wrong = entries.flatMap(({ id, seen }) =>
      seen.flatMap((text) => {
        const found = clinic.diagnose(text)?.id;
        return found === id ? [] : [`${id}: ${text}\n  is taken for ${found}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("does so when line ends became blanks and the quotation marks were changed on the way", () => {
    const wrong = entries.flatMap(({ id, seen }) =>
      seen.filter((text) => clinic.diagnose(text.replace(/\s+/g, " ").replace(/"/g, "“"))?.id !== id),
    );
    expect(wrong).toEqual([]);
  });

  it("speaks in the values of the paste", () => {
    const paste = `$ docker run -d --name api -p 9000:80 nginx
docker: Error response from daemon: driver failed programming external connectivity on endpoint api (7caa4b4e345e): Bind for 0.0.0.0:9000 failed: port is already allocated.`;
    expect(told(paste)).toContain("docker ps --filter publish=9000");
    expect(told(paste)).toContain("docker rm api");
  });

  it("reads the beginning and the end of a paste of a megabyte", () => {
    const log = "building step after step\n".repeat(40_000);
    expect(clinic.diagnose(`${log}Bind for 0.0.0.0:9000 failed: port is already allocated`)?.values.port).toBe("9000");
  });

  it("puts nothing into a line to type that a shell would take for more than a word", () => {
    const entry = parseErrors(
      "test",
      [
        "---",
        "concept: logs",
        "sources: [https://docs.docker.com/]",
        "---",
        "## A file is missing",
        "```match",
        'the file "{words}" is missing',
        "```",
        "```seen",
        'the file "a" is missing',
        "```",
        "The file `{words:notes.txt}` is missing.",
        "",
        "```sh",
        "ls {words:notes.txt}",
        "```",
      ].join("\n"),
      (line, message) => expect.fail(`${line}: ${message}`),
    );
    const small = createClinic(entry);
    expect(told('the file "a b; rm -rf /" is missing', small)).toBe(
      "The file `a b; rm -rf /` is missing.\nls notes.txt",
    );
    expect(told(`the file "${"x".repeat(150)}" is missing`, small)).toContain(`\`${"x".repeat(80)}…\``);
  });
});
