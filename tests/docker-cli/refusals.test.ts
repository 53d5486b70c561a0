import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { claimsLine } from "../../src/docker-cli/claims-line.ts";
import { checkLabel } from "../../src/docker-cli/create-own.ts";
import { createDockerLines, type DockerLines } from "../../src/docker-cli/docker-lines.ts";
import { LineRefusal } from "../../src/docker-cli/line-refusal.ts";
import { createPlainHost } from "../../src/docker-cli/lines-host.ts";
import { readLine } from "../../src/docker-cli/read-line.ts";
import { refusedCommands } from "../../src/docker-cli/refused-commands.ts";
import { engine, theEngine } from "../harness/engine.ts";
import { prepareCake } from "./cake.ts";

const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};
/** What stands between single back-ticks, and what is left. */
const backticks = (shown: string) => (shown.match(/`/g) ?? []).length;

describe("what a sandbox does not do", () => {
  test("is a line also when only its name is typed, and is told with its reason and a card", () => {
    for (const name of refusedCommands.flatMap(({ names }) => names)) {
      const refused = thrown(() => readLine(`docker ${name}`));
      if (name === "system") continue;
      expect(refused).toBeInstanceOf(LineRefusal);
      expect((refused as LineRefusal).message).toMatch(/^`docker [a-z -]+` is not possible in a sandbox: .{30,}/);
      expect((refused as LineRefusal).concept).toMatch(/./);
    }
  });

  test("a question about it is a question", () => {
    for (const name of ["stats", "events", "login", "logout", "load", "save", "info", "pull", "update", "attach"])
      expect([name, claimsLine(name)]).toEqual([name, true]);
    const questions = [
      "stats shows 200%",
      "login fails behind a proxy",
      "events or logs",
      "load vs import",
      "compose",
      "volume",
    ];
    expect(questions.filter((line) => claimsLine(line))).toEqual([]);
  });

  test("is shown as code whatever back-ticks it has", () => {
    for (const key of ["a`b", "`", "a b`c`d", `${"x".repeat(60)}\``]) {
      const refused = thrown(() => checkLabel(key)) as Error;
      expect(refused).toBeInstanceOf(LineRefusal);
      expect(backticks(refused.message)).toBe(10);
    }
    expect(backticks((thrown(() => readLine("docker run --privileged`x cake")) as Error).message) % 2).toBe(0);
  });
});

describe.runIf(engine)("what a build does not do", () => {
  const who = { owner: `refusals:ada:${process.pid}`, slot: 1 };
  let lines: DockerLines;
  beforeAll(async () => {
    const cake = await prepareCake(theEngine());
    lines = createDockerLines({
      host: createPlainHost(theEngine(), `refusals-${process.pid}`, [{ name: "cake", id: cake }]),
    });
  });
  afterAll(() => lines.removeAll(who.owner));

  test("FROM for another platform is said, not passed over", async () => {
    for (const platform of ["linux/arm64", "$BUILDPLATFORM"]) {
      const build = `docker build -t x - <<EOF\nFROM --platform=${platform} cake\nRUN true\nEOF`;
      const { refused } = await lines.run(build, who);
      expect(refused?.why).toMatch(
        /Line 1 of the Dockerfile.*--platform.*platform of this machine.*Leave the flag out/,
      );
      expect(refused?.concept).toBe("platform-arch");
    }
  });
});
