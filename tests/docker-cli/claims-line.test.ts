import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { claimsLine } from "../../src/docker-cli/claims-line.ts";

const root = new URL("../../", import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), "utf8");
const files = (folder: string) => readdirSync(join(root, folder)).map((name) => read(`${folder}/${name}`));
const restOf = (line: string) => line.replace(/^docker ?/i, "");

/** Every command of a console block that experiments and labs run. */
function typedLines(): string[] {
  return ["content/experiments", "content/labs"]
    .flatMap(files)
    .flatMap((file) =>
      [...file.matchAll(/^\$ (docker .*(?:\n> .*)*)/gm)].map((match) => (match[1] ?? "").replace(/^> /gm, "")),
    );
}

describe("docker lines and questions about them", () => {
  test("every line of the experiments and labs is a line", () => {
    const lines = typedLines();
    expect(lines.length).toBeGreaterThan(200);
    expect(lines.filter((line) => !claimsLine(restOf(line)))).toEqual([]);
  });

  test("a question that begins with docker is a question", () => {
    const questions = [
      "docker images shows 5 things but docker ps shows none, where are my containers?",
      "docker build -t myapp . what does the dot do",
      "docker ps is empty after docker run",
      "docker commit does not work",
      "docker run vs docker start",
      "docker stop takes exactly 10 seconds",
      "docker rm",
      "docker inspect -f '{{.State.Status}}'",
    ];
    expect(questions.filter((line) => claimsLine(restOf(line)))).toEqual([]);
  });

  test("a line with what came of it below is a question about that", () => {
    const told = [
      "docker run -d --name web -p 80:80 nginx\ndocker: Error response from daemon: Conflict. The name is in use.",
      "docker exec -it web bash\n\nOCI runtime exec failed: exec failed",
      "docker run -it \\\n  -v $PWD:/src \\\n  node\nmy folder is empty in there",
      "docker ps\nCONTAINER ID   IMAGE   STATUS",
      "docker pull mysql:5.7\r\n5.7: Pulling from library/mysql\r\nno matching manifest",
    ];
    expect(told.filter((line) => claimsLine(restOf(line)))).toEqual([]);
    const lines = [
      "docker run -d \\\n  --name ada \\\n  cake",
      "docker build -t lemon - <<EOF\nFROM cake\nRUN bake lemon\nEOF",
      "docker build -t lemon -\n```dockerfile\nFROM cake\n```",
      "docker ps -a\ndocker images",
    ];
    expect(lines.filter((line) => !claimsLine(restOf(line)))).toEqual([]);
  });

  test("of the many phrasings learners use, only those that could be typed as a line are taken for one", () => {
    const shared = join(root, "../shared/questions/dev.jsonl");
    const asked = existsSync(shared)
      ? readFileSync(shared, "utf8")
          .trim()
          .split("\n")
          .map((line) => (JSON.parse(line) as { text: string }).text)
      : [];
    const phrasings = [...asked, ...files("content/wording").flatMap((file) => file.split("\n"))].filter((line) =>
      /^docker /i.test(line),
    );
    const claimed = phrasings.filter((line) => claimsLine(restOf(line)));
    expect(phrasings.length).toBeGreaterThan(50);
    expect(claimed.length / phrasings.length, claimed.join("\n")).toBeLessThan(0.15);
  });

  test("mistyped and refused commands are lines, so that they are answered as such", () => {
    for (const line of [
      "pss",
      "runn cake",
      "pull nginx",
      "run -v /:/host cake",
      "ps | grep ada",
      "rm -f $(docker ps -aq)",
      "exec ada echo what is this",
      "build -t x .",
      "--version",
    ])
      expect(claimsLine(line), line).toBe(true);
  });
});
