import { afterAll, beforeAll, describe, expect, test } from "vitest";
import docker from "../../commands/docker.ts";
import type { Context } from "../../src/core/context.ts";
import { UserError } from "../../src/core/errors.ts";
import type { Block, Reply } from "../../src/core/reply.ts";
import { readText } from "../../src/core/text.ts";
import { createSandboxLines } from "../../src/docker-cli/sandbox-lines.ts";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes, person, place, type TestSandboxes } from "../harness/sandboxes.ts";

describe.runIf(engine)("docker lines in a learner's sandbox", () => {
  let scene: TestSandboxes;
  let services: Context["services"];

  beforeAll(async () => {
    scene = await openTestSandboxes();
    services = {
      sandboxes: scene.sandboxes,
      dockerLines: createSandboxLines(scene.sandboxes),
      labs: { find: async () => undefined },
    } as unknown as Context["services"];
  });
  afterAll(() => scene.close());

  const contextOf = (name: string): Context => ({
    person: person(name),
    place,
    locale: "en",
    event: "test",
    signal: new AbortController().signal,
    now: Date.now,
    services,
  });
  const say = async (name: string, typed: string): Promise<Reply> => {
    const { command, options } = readText(typed, [docker]);
    expect(command).toBe("docker");
    return (await docker.run(docker.options.parse(options), contextOf(name))) as Reply;
  };
  const ofKind = <K extends Block["kind"]>({ blocks }: Reply, kind: K) =>
    blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind);
  const shown = (answer: Reply) =>
    ofKind(answer, "code")
      .map(({ source }) => source)
      .join("\n");
  const told = (answer: Reply) =>
    ofKind(answer, "text")
      .map(({ markdown }) => markdown)
      .join("\n");

  test("a line shows what was typed and what Docker said, to the person who typed it", async () => {
    const answer = await say("ada", "docker run --rm cake bake cherries");
    expect(shown(answer)).toBe("$ docker run --rm cake bake cherries\nA vanilla cake with a cherries topping.");
    expect(answer.audience).toBe("asker");
  });

  test("an exit status that is not 0 is said in words", async () => {
    expect(told(await say("ada", "docker run --rm cake sh -c 'exit 3'"))).toContain("Exit status 3");
    expect(told(await say("ada", "docker run --rm cake nosuch"))).toContain("127");
  });

  test("the sandbox is listed among the containers, can be looked at and cannot be removed by a line", async () => {
    await scene.start("eva");
    await scene.run("eva", "bake plums");
    expect(shown(await say("eva", "docker ps --format '{{.Names}} {{.Image}}'"))).toContain("sandbox cake");
    expect(shown(await say("eva", "docker diff sandbox"))).toContain("C /cake/topping");
    expect(shown(await say("eva", "docker exec sandbox bake"))).toContain("plums");
    const image = await say("eva", "docker commit sandbox plum-cake");
    expect(shown(image)).toMatch(/sha256:[0-9a-f]{64}/);
    expect(shown(await say("eva", "docker run --rm plum-cake bake"))).toContain("plums");
    expect(shown(await say("eva", "docker inspect --format '{{.Config.User}}' plum-cake"))).toContain("1000:1000");
    expect(told(await say("eva", "docker rm -f sandbox"))).toContain("sandbox stop");
    expect(shown(await say("ada", "docker ps -a --format '{{.Names}}'"))).not.toContain("sandbox");
  });

  test("a refusal names the flag, says why, and leads to the card", async () => {
    const answer = await say("ada", "docker run -v /:/host cake");
    expect(told(answer)).toContain("`-v` is not possible in a sandbox");
    const [first] = ofKind(answer, "controls")[0]?.controls ?? [];
    expect(first).toMatchObject({ kind: "button", press: { command: "concept", options: { name: "volumes" } } });
  });

  test("a Dockerfile in a fenced block is built", async () => {
    const answer = await say("ada", "docker build -t lemon .\n```dockerfile\nFROM cake\nENV FLAVOUR=lemon\n```");
    expect(shown(answer)).toContain("Successfully tagged lemon:latest");
    expect(shown(await say("ada", "docker run --rm lemon bake"))).toContain("A lemon cake");
  });

  test("a file that is copied out comes as an attachment, and long output as well", async () => {
    await say("ada", "docker run -d --name box cake");
    expect(ofKind(await say("ada", "docker cp box:/cake/topping topping.txt"), "file")).toEqual([
      { kind: "file", name: "topping.txt", text: "plain\n" },
    ]);
    const long = await say("ada", "docker exec box sh -c 'for i in 1 2 3 4; do cat /proc/self/status; done'");
    expect(shown(long).split("\n").length).toBeLessThanOrEqual(25);
    expect(ofKind(long, "file")[0]?.text.length).toBeGreaterThan(1500);
  });

  test("the seventh container is refused, and lines of one person do not overtake each other", async () => {
    const answers = await Promise.all([1, 2].map((number) => say("lin", `docker run -d --name c${number}x cake`)));
    for (const answer of answers) expect(shown(answer)).toMatch(/[0-9a-f]{64}/);
    for (const number of [3, 4, 5, 6]) await say("lin", `docker create --name c${number}x cake`);
    expect(told(await say("lin", "docker create --name c7x cake"))).toContain("6");
    expect(shown(await say("lin", "docker ps -aq")).split("\n").length).toBe(7);
    // A build needs containers of its own and still works.
    expect(
      shown(
        await say(
          "lin",
          "docker build -t x - <<EOF\nFROM cake\nCOPY --from=cake /cake/recipe /cake/copy\nRUN true\nEOF",
        ),
      ),
    ).toContain("Successfully tagged");
  });

  test("commands and own names are completed", async () => {
    const complete = async (typed: string) =>
      (await docker.complete?.line?.(typed, contextOf("ada")))?.map(({ value }) => value);
    expect(await complete("his")).toEqual(["history"]);
    expect(await complete("diff b")).toEqual(["diff box"]);
    expect(await complete("run --rm le")).toEqual(["run --rm lemon"]);
  });

  test("a mistyped command is answered with the one that was meant", async () => {
    expect(shown(await say("ada", "docker imagse"))).toContain("Did you mean `docker images`?");
  });

  test("after the sandbox has ended nothing of the learner is on the engine, not even a name on the shared image", async () => {
    await say("ada", "docker tag cake shop");
    await say("ada", "docker run -d shop");
    const { id } = scene.sandboxes.image();
    const names = async () => (await scene.engine.images.inspect(id)).references.filter((one) => one.startsWith("t-"));
    expect(await names()).toHaveLength(1);
    await scene.sandboxes.stop(person("ada").id);
    expect(await names()).toEqual([]);
    const labels = scene.sandboxes.labelsOf(person("ada").id);
    expect(await scene.engine.containers.list({ labels })).toEqual([]);
    expect(await scene.engine.images.list({ all: true, labels })).toEqual([]);
  });

  test("where the bot runs without Docker, a line that cannot be explained says so", async () => {
    const context = { ...contextOf("ada"), services: {} as Context["services"] };
    await expect(docker.run(docker.options.parse({ line: "frobnicate ada" }), context)).rejects.toThrow(UserError);
  });
});
