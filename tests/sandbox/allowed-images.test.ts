import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import sandboxCommands from "../../commands/sandbox.ts";
import { readConfig } from "../../src/config.ts";
import type { Services } from "../../src/core/context.ts";
import { createApp } from "../../src/core/dispatch.ts";
import { silentLog } from "../../src/core/log.ts";
import type { App } from "../../src/core/platform.ts";
import { createSandboxLines } from "../../src/docker-cli/sandbox-lines.ts";
import { packTar } from "../../src/engine/tar-files.ts";
import { testBase } from "../harness/engine.ts";
import { canOwnEngine, type OwnEngine, ownEngine } from "../harness/own-engine.ts";
import { type Registry, startRegistry } from "../harness/registry.ts";
import { openTestSandboxes, person, place, type TestSandboxes } from "../harness/sandboxes.ts";

const digest = `sha256:${"0".repeat(64)}`;

describe("SANDBOX_IMAGES", () => {
  test("names images by digest; a tag beside it is left out", () => {
    const { SANDBOX_IMAGES } = readConfig({
      SANDBOX_IMAGES: `python=python:3.14@${digest}, tools = localhost:5000/school/tools@${digest},`,
    });
    expect(SANDBOX_IMAGES).toEqual({ python: `python@${digest}`, tools: `localhost:5000/school/tools@${digest}` });
    expect(readConfig({}).SANDBOX_IMAGES).toBeUndefined();
  });

  test("says everything that is wrong with it at once, and repeats nothing of it", () => {
    const wrong = `python=python:3, Bad=x@${digest}, cake=y@${digest}, a=b@sha256:12, a2=UPPER@${digest}, ok=z@${digest}, ok=z@${digest}`;
    const read = () => readConfig({ SANDBOX_IMAGES: wrong, SANDBOX_POOL: "many" });
    expect(read).toThrow(/SANDBOX_POOL/);
    expect(read).toThrow(
      /SANDBOX_IMAGES: image 1 has no digest.*image 2 needs a name.*image 3 has a name that is taken.*image 4 has no whole digest.*image 5 has no image name.*image 7 has the same name/,
    );
    expect(read).not.toThrow(/UPPER|python:3,/);
  });
});

describe.skipIf(!canOwnEngine)("images that the host allows", () => {
  let own: OwnEngine;
  let registry: Registry | undefined;
  let scene: TestSandboxes;
  let app: App;
  beforeAll(async () => {
    own = await ownEngine();
    registry = await startRegistry(own.pid());
    if (!registry) return;
    const images = [];
    for (const [name, more] of [
      ["tools", 'ENTRYPOINT ["echo"]\nRUN echo 1 > /tool'],
      ["stores", "VOLUME /data"],
      ["bare", "RUN rm /bin/timeout"],
    ] as const)
      images.push(`${name}=${await publish(own, name, `FROM ${testBase}\n${more}`)}`);
    const { SANDBOX_IMAGES } = readConfig({
      SANDBOX_IMAGES: [...images, `gone=localhost:5000/gone@${digest}`].join(", "),
    });
    if (!SANDBOX_IMAGES) throw new Error("the setting was not read");
    scene = await openTestSandboxes({ engine: own.connect(), settings: { images: SANDBOX_IMAGES } });
    app = createApp({
      commands: sandboxCommands,
      services: { sandboxes: scene.sandboxes } as unknown as Services,
      ...{ now: Date.now, log: silentLog },
    });
  }, 180_000);
  afterAll(async () => {
    await scene?.close();
    registry?.stop();
    await own?.stop();
  });

  async function ask(command: string, options: Record<string, string>): Promise<string> {
    const caller = { person: person("Ada"), place, locale: "en", event: "test:1" };
    let said = "";
    for await (const reply of app.dispatch({ command, options, caller })) said = JSON.stringify(reply.blocks);
    return said;
  }

  test("are fetched by digest and offered; those that are gone, keep volumes or lack a shell's tools are not", ({
    skip,
  }) => {
    if (!registry) skip();
    expect(scene.sandboxes.readiness()).toEqual({ state: "ready" });
    expect(scene.sandboxes.imageNames()).toEqual(["cake", "tools"]);
  });

  test("start a sandbox by the name that the host gave them, and by nothing else", async ({ skip }) => {
    if (!registry) skip();
    for (const other of ["bakehouse-base:ci", "localhost:5000/tools", "stores", "gone", "../tools"])
      expect(await ask("sandbox start", { image: other })).toContain(
        "from `cake`, `tools` here, and from nothing else",
      );
    const card = await ask("sandbox start", { image: "tools" });
    expect(card).toContain("`tools`, digest");
    expect(card).not.toContain("bake cherries");
    const tools = scene.sandboxes.images().find(({ name }) => name === "tools");
    expect(await scene.sandboxes.find(person("Ada").id)).toMatchObject({ image: tools?.id, imageName: "tools" });
    expect((await scene.run("Ada", "cat /tool; echo hi > /tmp/note")).text).toBe("1\n");
    await scene.sandboxes.reset(person("Ada").id);
    expect((await scene.run("Ada", "cat /tool; ls /tmp")).text).toBe("1\n");
  });

  test("can be used in docker lines under that name, under the same limits", async ({ skip }) => {
    if (!registry) skip();
    const lines = createSandboxLines(scene.sandboxes);
    const { owner, slot } = await scene.sandboxes.workbench(person("Ada"), place);
    const run = async (line: string) => (await lines.run(`docker ${line}`, { owner, slot })).output;
    expect((await run("images --format '{{.Repository}}:{{.Tag}}'")).split("\n").sort()).toEqual([
      "",
      "cake:latest",
      "tools:latest",
    ]);
    expect(await run("run --rm tools hello")).toBe("hello\n");
    expect(await run("run --rm localhost:5000/tools hello")).toContain("Unable to find image");
    expect(await run(`run --rm ${testBase} true`)).toContain("Unable to find image");
  });
});

/** Builds an image, pushes it, and removes it again; resolves with its reference by digest. */
async function publish(own: OwnEngine, name: string, dockerfile: string): Promise<string> {
  const { images } = own.connect();
  const reference = `localhost:5000/${name}`;
  const context = await packTar([{ header: { name: "Dockerfile" }, body: Buffer.from(dockerfile) }]);
  await images.build({ context, reference: `${reference}:1` });
  execFileSync("docker", ["push", "-q", `${reference}:1`], { env: { ...process.env, DOCKER_HOST: own.host } });
  const { id, digests } = await images.inspect(`${reference}:1`);
  await images.remove(id, { force: true });
  const found = digests.find((one) => one.startsWith(`${reference}@`));
  if (!found) throw new Error("the pushed image has no digest");
  return found;
}
