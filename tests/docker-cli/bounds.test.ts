import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createDockerLines, type DockerLines } from "../../src/docker-cli/docker-lines.ts";
import { createPlainHost } from "../../src/docker-cli/lines-host.ts";
import { engine, theEngine } from "../harness/engine.ts";
import { prepareCake } from "./cake.ts";

const who = { owner: `bounds:ada:${process.pid}`, slot: 1 };
const MB = 1024 * 1024;

describe.runIf(engine)("what a line may build", () => {
  let lines: DockerLines;
  const run = (line: string) => lines.run(`docker ${line}`, who);
  const build = (dockerfile: string, flags = "") => run(`build ${flags} -t x - <<EOF\n${dockerfile}\nEOF`);

  beforeAll(async () => {
    const cake = await prepareCake(theEngine());
    lines = createDockerLines({
      host: createPlainHost(theEngine(), `bounds-${process.pid}`, [{ name: "cake", id: cake }]),
    });
  });
  afterEach(() => lines.removeAll(who.owner));
  afterAll(() => lines.removeAll(who.owner));

  const kB = (many: number) => "a".repeat(many * 1000);
  const doubling = (word: string, set: string) =>
    `FROM cake\nRUN true\nENV A=${kB(2)}\n${`${word} ${set}\n`.repeat(12)}`;
  test.each([
    ["ENV", doubling("ENV", "A=$A$A$A$A"), 5],
    ["ENV in quotes and braces", doubling("ENV", `A="${"$"}{A}${"$"}{A}${"$"}{A:-x}$A"`), 5],
    ["ENV in its old form", doubling("ENV", "A $A$A$A$A"), 5],
    ["LABEL", `FROM cake\nENV A=${kB(3)}\nLABEL a=${"$A".repeat(10)}`, 3],
    ["WORKDIR", `FROM cake\nENV A=${kB(3)}\nWORKDIR /${"$A".repeat(2)}`, 3],
    ["ARG", `FROM cake\nARG A=${kB(2)}\n${"ARG A=$A$A$A$A\n".repeat(12)}`, 4],
    ["ENV that names one variable a thousand times", `FROM cake\nENV A=${kB(2)}\nENV B=${"$A".repeat(1000)}`, 3],
    [
      "many values of which each is small enough",
      `FROM cake\nENV A=${kB(2)}\nENV ${["B", "C", "D", "E", "F"].map((name) => `${name}=$A$A$A$A`).join(" ")}`,
      3,
    ],
    ["thousands of keys", `FROM cake\nENV ${Array.from({ length: 1200 }, (_, index) => `A${index}=`).join(" ")}`, 2],
    ["a copied text", `FROM cake\nENV A=${kB(3)}\nCOPY ${"$A".repeat(10)} /x`, 3],
  ])("%s past what an image holds is refused with its line, before anything is built", async (_, dockerfile, line) => {
    const before = process.memoryUsage().rss;
    const { refused, output } = await build(dockerfile);
    expect(refused?.why).toMatch(new RegExp(`^Line ${line} of the Dockerfile, \`[A-Z]+\`: .*(?:kB|at most|bytes)`));
    if (!/COPY/.test(dockerfile)) expect(output).not.toContain("Running in");
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MB);
  });

  test("what a base image brings along counts, whatever the number of builds", async () => {
    const eight = `ENV A=${kB(2)}\nENV B=$A$A$A C=$A$A$A`;
    expect((await build(`FROM cake\n${eight}`)).exitCode).toBe(0);
    const { refused } = await build("FROM x\nENV D=$B\nENV E=$B\nENV F=$B\nENV G=$B");
    expect(refused?.why).toMatch(/^Line 5 of the Dockerfile, `ENV`: .* 32 kB/);
    await run("run -d --name web cake");
    const said: string[] = [];
    for (let round = 0; round < 9 && !said.at(-1); round++) {
      const { refused: why } = await run(`commit -c 'ENV Z${round}=${"z".repeat(3900)}' web y`);
      said.push(why?.why ?? "");
      await run("rm -f web");
      await run("run -d --name web y");
    }
    expect(said.at(-1)).toContain("32 kB");
  });

  test("build arguments that make a step too large are refused, not broken", async () => {
    const args = "ABCDEFGH".split("");
    const { refused } = await build(
      `FROM cake\nENV A=${kB(1)}\n${args.map((name) => `ARG ${name}${name}=$A$A$A$A`).join("\n")}\nRUN true`,
    );
    expect(refused?.why).toMatch(/^Line \d+ of the Dockerfile, `(?:ARG|RUN)`: .*32 kB/);
  });

  test("the same 12 MB named forty times are copied once; different ones count together; memory stays", async () => {
    const big = await build(
      "FROM cake\nUSER root\nRUN dd if=/dev/urandom of=/b bs=1M count=12 2>/dev/null",
      "--no-cache",
    );
    expect(big.exitCode, big.output).toBe(0);
    await run("tag x big");
    global.gc?.();
    const before = process.memoryUsage().rss;
    let most = 0;
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 20);
    const many = await build(`FROM cake\nCOPY --from=big ${"/b ".repeat(40)}/cake/`, "--no-cache");
    const both = await build("FROM cake\nCOPY --from=big /b /bin/busybox /b/../b /bin/../b /usr /cake/", "--no-cache");
    const over = await build("FROM cake\nCOPY --from=big /b / /copy/", "--no-cache");
    clearInterval(timer);
    expect(many.exitCode, many.output + many.refused?.why).toBe(0);
    expect(both.exitCode, both.output + both.refused?.why).toBe(0);
    expect(over.refused?.why).toMatch(/^Line 2 of the Dockerfile, `COPY`: .*together larger .*16 MB/);
    // Forty copies in memory would be 480 MB.
    expect(most - before).toBeLessThan(128 * MB);
    await build("FROM cake\nCOPY --from=big /b /cake/b2", "--no-cache");
    const sizes = await run("run --rm x sh -c 'stat -c %s /cake/b2'");
    expect(sizes.output.trim()).toBe(String(12 * MB));
  }, 60_000);

  test.each([
    ["run -w /proc/self/fd/7 cake true"],
    ["run --rm -w /proc/self/cwd/.. cake pwd"],
    ["run --rm -w //proc/./1/root cake pwd"],
    ["create -w /dev/fd/8 cake true"],
    ["run --rm -w /sys/kernel cake pwd"],
    ["exec -w /proc/self/fd/7 web pwd"],
    ["commit -c 'WORKDIR /proc/self/fd/7' web y"],
    ["build -t y - <<EOF\nFROM cake\nWORKDIR /proc/self/fd/8\nEOF"],
    ["build -t y - <<EOF\nFROM cake\nUSER root\nRUN ln -s /proc/self/fd /fds\nWORKDIR /fds/7\nRUN true\nEOF"],
    [
      "build -t y - <<EOF\nFROM cake\nWORKDIR /cake/w\nRUN true\nUSER root\nRUN rm -r /cake/w && ln -s /proc/self/fd/7 /cake/w\nRUN true\nEOF",
    ],
    ["run --rm -w /cake/deep/x linked pwd"],
    ["exec -w /cake/seven web pwd"],
  ])("a working folder outside of a container's own files is refused: %s", async (line) => {
    await run("run -d --name web cake");
    await run("exec web ln -s /proc/self/fd/7 /cake/seven");
    await build("FROM cake\nRUN ln -s /proc/self/fd /cake/deep");
    await run("tag x linked");
    const { refused, output } = await run(line);
    expect(refused?.why, output).toMatch(/cannot be a working folder here/);
  });

  test("a container that turns its own working folder into a link is not started again", async () => {
    await run("run -d --name web -w /cake/w --user root cake");
    await run("exec --user root web sh -c 'cd /; rm -r /cake/w; ln -s /proc/self/fd/7 /cake/w'");
    await run("stop web");
    expect((await run("start web")).refused?.why).toContain("cannot be a working folder");
    expect((await run("restart web")).refused?.why).toContain("cannot be a working folder");
  });

  test("more changed files than can be listed are counted in words, by every command that would list them", async () => {
    await run("run -d --name web cake");
    const deep = "d".repeat(200);
    await run(
      `exec web sh -c 'd=/cake/${deep}/${deep}/${deep}/${deep}; mkdir -p $d; cd $d; for i in $(seq 1500); do : > $i; done'`,
    );
    const { refused, output } = await run("diff web");
    expect(refused?.why, output.slice(0, 200)).toContain("more changed files than a chat can list");
  });

  test("a process with a very long command is shown in words", async () => {
    await run(
      'run -d --name web cake sh -c \'a=$(head -c 120000 /dev/zero | tr "\\\\0" x); for i in 1 2 3 4 5 6 7 8 9 10; do sh -c "sleep 60; : $a" & done; wait\'',
    );
    await expect
      .poll(async () => (await run("top web")).refused?.why, { timeout: 10_000 })
      .toContain("longer than a chat can show");
  });

  test.each(["__proto__=1", "constructor=1", "toString=x", "hasOwnProperty=1"])(
    "--filter %s is no filter, and no label either",
    async (filter) => {
      await run("run -d --name web -l note=1 cake");
      for (const list of ["ps -a", "images"]) {
        const { output, exitCode } = await run(`${list} --filter ${filter}`);
        expect(output).toMatch(/^Error response from daemon: Invalid filter/);
        expect(exitCode).toBe(1);
        expect((await run(`${list} -q --filter label=${filter}`)).output).toBe("");
        expect((await run(`${list} -q --filter label=${filter.split("=")[0]}`)).output).toBe("");
      }
      expect((await run(`ps -a --format '[{{.Label "${filter.split("=")[0]}"}}]'`)).output).toBe("[]\n");
    },
  );
});
