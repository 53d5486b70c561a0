import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { silentLog } from "../../src/core/log.ts";
import { endSandboxesOf, forgetSandboxes } from "../../src/sandbox/forget-workspace.ts";
import { goneWorkspace } from "../../src/store/gone-workspace.ts";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes, person, place, type TestSandboxes } from "../harness/sandboxes.ts";

describe.skipIf(!engine)("a workspace that removed the bot", () => {
  let scene: TestSandboxes;
  beforeAll(async () => {
    scene = await openTestSandboxes();
  });
  afterAll(() => scene?.close());

  test("ends the sandboxes of its learners, with what they made, and nobody else's", async () => {
    const { sandboxes, store } = scene;
    const ada = await scene.start("Ada");
    for await (const _ of sandboxes.start(person("Lin"), { ...place, workspace: "bakery" }));
    const lin = await sandboxes.find(person("Lin").id);
    const school = goneWorkspace(place.platform, place.workspace);
    for (let time = 0; time < 2; time++) {
      await endSandboxesOf(school, { store, sandboxes, log: silentLog });
      await store.write((tx) => forgetSandboxes(tx, school));
    }
    expect(await sandboxes.find(person("Ada").id)).toBeUndefined();
    const left = (await scene.engine.containers.list({ all: true, labels: [] })).map(({ id }) => id);
    expect(left).not.toContain(ada.container);
    expect(left).toContain(lin?.container);
    expect(await sandboxes.find(person("Lin").id)).toMatchObject({ container: lin?.container });
  });
});
