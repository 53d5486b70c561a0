import { afterAll, beforeAll, describe, expect, test } from "vitest";
import sandboxCommands from "../../commands/sandbox.ts";
import type { Person, Services } from "../../src/core/context.ts";
import { createApp } from "../../src/core/dispatch.ts";
import { silentLog } from "../../src/core/log.ts";
import type { App } from "../../src/core/platform.ts";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes, person, place, type TestSandboxes } from "../harness/sandboxes.ts";

describe.skipIf(!engine)("sandbox stop with a person", () => {
  let scene: TestSandboxes;
  let app: App;
  beforeAll(async () => {
    scene = await openTestSandboxes();
    const services = { sandboxes: scene.sandboxes } as unknown as Services;
    app = createApp({ commands: sandboxCommands, services, now: Date.now, log: silentLog });
  });
  afterAll(() => scene?.close());

  const grace: Person = { ...person("Grace"), moderator: true };
  async function ask(who: Person, command: string, options: Record<string, string> = {}, workspace = "school") {
    const caller = { person: who, place: { ...place, workspace }, locale: "en", event: "test:1" };
    let said = "";
    for await (const reply of app.dispatch({ command, options, caller })) said = JSON.stringify(reply.blocks);
    return said;
  }

  test("is refused to those who do not moderate, and nothing is stopped", async () => {
    const view = await scene.start("Lin");
    const said = await ask(person("Ada"), "sandbox stop", { person: "Lin" });
    expect(said).toContain("Only instructors and moderators can stop somebody else's sandbox");
    expect((await scene.sandboxes.find(person("Lin").id))?.container).toBe(view.container);
    expect(scene.said).toEqual([]);
  });

  test("removes it for a moderator of that workspace only, and the learner is told by whom", async () => {
    const view = await scene.start("Lin");
    expect(await ask(grace, "sandbox stop", { person: "Lin" }, "elsewhere")).toContain("Nobody called");
    expect(await ask(grace, "sandbox stop", { person: "Lim" })).toContain("Did you mean");
    expect(await ask(grace, "sandbox stop", { person: "@lin" })).toContain("They are told that you stopped it");
    await expect(scene.engine.containers.inspect(view.container)).rejects.toMatchObject({ kind: "not-found" });
    expect(JSON.stringify(scene.said.map(({ reply }) => reply))).toMatch(/Grace.* stopped the sandbox of .*Lin/);
    expect(await ask(person("Lin"), "sandbox status")).toMatch(/because .*Grace.* stopped it, who moderates here/);
  });

  test("in the middle of a command ends the command, and says who it was", async () => {
    await scene.run("Lin", "true");
    const running = ask(person("Lin"), "sandbox run", { command: "echo on > /cake/on; sleep 9" });
    const container = (await scene.sandboxes.find(person("Lin").id))?.container ?? "";
    await expect.poll(() => scene.engine.containers.stat(container, "/cake/on").catch(() => null)).not.toBeNull();
    await ask(grace, "sandbox stop", { person: "<@!lin>" });
    expect(await running).toMatch(/Your sandbox was removed in the middle of this, because .*Grace/);
  });

  test("with one's own name is one's own", async () => {
    await scene.start("Ada");
    expect(await ask(person("Ada"), "sandbox stop", { person: "ada" })).toContain("Your sandbox is removed");
  });
});
