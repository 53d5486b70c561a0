import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDocker, type DockerEngine } from "../../src/engine/docker.ts";
import { EngineError } from "../../src/engine/engine-error.ts";
import { carryFiles } from "../../src/sandbox/life/carry-files.ts";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes, person, type TestSandboxes } from "../harness/sandboxes.ts";

/** Something of everything that can be changed in a container. */
const change = `cd /cake; echo cherries > topping; rm recipe; echo hi > note; chmod 600 note; ln -s note link; ln note twin
mkdir -p "a b/c"; echo deep > "a b/c/d"; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo $i > "/tmp/$i"; done; touch -d 2001-02-03 "a b"; chmod 500 "a b"`;
const look = `cd /cake; cat topping note link "a b/c/d" /tmp/12; find /cake /tmp ! -type d -user $(id -u) | sort; stat -c '%a %Y %h %n' topping note "a b" /tmp/*`;

describe.skipIf(!engine)("what was changed in a container that cannot be started again", () => {
  /** Containers that the engine does not start any more. The real engine does this at random, with these words, when it is stopped under load. */
  const stuck = new Set<string>();
  let scene: TestSandboxes;
  beforeEach(async () => {
    stuck.clear();
    const real = createDocker();
    const forgetful: DockerEngine = {
      ...real,
      containers: {
        ...real.containers,
        async start(id) {
          if (stuck.has(id)) throw new EngineError("failed", `task ${id}: already exists`);
          await real.containers.start(id);
        },
      },
    };
    scene = await openTestSandboxes({ engine: forgetful });
  });
  afterEach(() => scene.close());

  test("is put into the new one: changed, new and deleted files, folders and links, with their rights and owner", async () => {
    await scene.run("Ada", change);
    const before = await scene.run("Ada", look);
    const { view, changes } = await scene.sandboxes.changes(person("Ada").id);
    stuck.add(view.container);
    await scene.engine.containers.kill(view.container);
    const { outcome } = await scene.run("Ada", "true");
    expect(outcome.notice).toContain("What you had changed was copied into it");
    expect(outcome.view.container).not.toBe(view.container);
    expect((await scene.run("Ada", look)).text).toBe(before.text);
    expect((await scene.run("Ada", "cd /cake; echo more >> note; tail -n 1 twin")).text).toBe("more\n");
    expect(sorted((await scene.sandboxes.changes(person("Ada").id)).changes)).toEqual(sorted(changes));
    await expect(scene.engine.containers.inspect(view.container)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("is told to be lost when it is more than a sandbox may hold", async () => {
    const view = await scene.start("Ada");
    await scene.engine.containers.kill(view.container);
    const big = Buffer.alloc(40 * 1024 * 1024);
    const { packTar } = await import("../../src/engine/tar-files.ts");
    const archive = await packTar([{ header: { name: "big" }, body: big }]);
    await scene.engine.containers.copyIn(view.container, "/cake", archive);
    stuck.add(view.container);
    const { text, outcome } = await scene.run("Ada", "ls /cake");
    expect(outcome.notice).toContain("your files in it are lost");
    expect(text).toBe("recipe\ntopping\n");
  });

  test("is not carried where the old container is gone", async () => {
    const [ada, lin] = [await scene.start("Ada"), await scene.start("Lin")];
    await scene.engine.containers.remove(ada.container, { force: true });
    expect(await carryFiles(scene.engine, ada.container, lin.container)).toBe(false);
  });
});

const sorted = (changes: { kind: string; path: string }[]): string[] =>
  changes.map(({ kind, path }) => `${kind} ${path}`).sort();
