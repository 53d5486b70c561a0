import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSandboxLines } from "../../src/docker-cli/sandbox-lines.ts";
import { engine, theEngine } from "../harness/engine.ts";
import { openTestSandboxes, person, place, type TestSandboxes } from "../harness/sandboxes.ts";

/** An installation of its own, with docker lines in it. */
async function install() {
  const scene = await openTestSandboxes();
  const lines = createSandboxLines(scene.sandboxes);
  const docker = async (name: string, line: string) => {
    const { owner, slot } = await scene.sandboxes.workbench(person(name), place);
    const { output, exitCode } = await lines.run(`docker ${line}`, { owner, slot });
    return { output, exitCode };
  };
  return { ...scene, docker };
}

describe.skipIf(!engine)("two installations on one engine", () => {
  let school: TestSandboxes & Awaited<ReturnType<typeof install>>;
  let club: typeof school;
  beforeAll(async () => {
    [school, club] = await Promise.all([install(), install()]);
  });
  afterAll(async () => {
    await school?.close();
    await club?.close();
  });

  test("let the same person have a container and an image of the same name in both", async () => {
    for (const { docker } of [school, club]) {
      expect(await docker("Ada", "run -d --name web cake")).toMatchObject({ exitCode: 0 });
      expect(await docker("Ada", "exec web bake cherries")).toMatchObject({ exitCode: 0 });
      expect(await docker("Ada", "commit web menu:1")).toMatchObject({ exitCode: 0 });
      expect(await docker("Ada", "tag cake mine")).toMatchObject({ exitCode: 0 });
    }
    for (const { docker } of [school, club]) {
      expect((await docker("Ada", "ps --format '{{.Names}}'")).output).toBe("web\n");
      expect((await docker("Ada", "images --format '{{.Repository}}:{{.Tag}}' menu")).output).toBe("menu:1\n");
    }
  });

  test("leave each other's things alone when one of them ends or sweeps", async () => {
    await school.sandboxes.stop(person("Ada").id);
    expect((await school.docker("Ada", "images --format '{{.Repository}}'")).output).toBe("cake\n");
    expect((await club.docker("Ada", "run --rm menu:1 bake")).output).toContain("cherries");
    expect((await club.docker("Ada", "run --rm mine bake")).output).toContain("plain");
    expect((await club.docker("Ada", "exec web true")).exitCode).toBe(0);
  });
});

describe.skipIf(!engine)("an installation that was killed", () => {
  test("finds the image names of its learners again, on the shared image too, and takes no others", async () => {
    const first = await install();
    await first.docker("Ada", "tag cake gone:1");
    await first.docker("Lin", "tag cake kept:1");
    const references = async () => (await theEngine().images.inspect(first.sandboxes.image().id)).references;
    const nameOf = (name: string, tag: string) =>
      first.sandboxes.namesOf(person(name).id).image({ repository: tag, tag: "1" });
    const stranger = "t-0123456789abcdef01234567/gone:1";
    await theEngine().images.tag(first.sandboxes.image().id, "t-0123456789abcdef01234567/gone", "1");
    await first.abandon();
    const { openStore } = await import("../harness/open-store.ts");
    const store = await openStore({ dataDir: first.dataDir });
    // The moment between the two parts of a stop: the store says that she has nothing any more.
    await store.write((tx) => tx.deleteFrom("sandbox").where("learner", "=", person("Ada").id).execute());
    await store.close();
    expect(await references()).toEqual(expect.arrayContaining([nameOf("Ada", "gone"), nameOf("Lin", "kept")]));

    const second = await openTestSandboxes({ dataDir: first.dataDir });
    const left = await references();
    expect(left).not.toContain(nameOf("Ada", "gone"));
    expect(left).toEqual(expect.arrayContaining([nameOf("Lin", "kept"), stranger]));
    createSandboxLines(second.sandboxes);
    await second.close();
    await theEngine().images.remove(stranger, { keepParents: true });
    expect((await references()).filter((one) => one.startsWith("t-"))).toEqual([]);
  });
});
