import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../src/engine/limits.ts";
import { endWords } from "../../src/sandbox/shown-output.ts";
import { engine } from "../harness/engine.ts";
import { person } from "../harness/sandboxes.ts";
import { type Scene, setTheScene } from "./abuse.ts";

describe.skipIf(!engine)("disk", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setTheScene();
  });
  afterEach(async () => {
    const view = await scene.sandboxes.find(person("Mallory").id);
    const details = await scene.engine.containers.inspect(view?.container ?? "", { size: true });
    expect(details.sizeRw).toBeLessThanOrEqual(limits.layer);
    await scene.allIsWell();
  });
  afterAll(() => scene?.close());

  test("one big file is held at the largest size of a file", async () => {
    const { outcome } = await scene.abuse("dd if=/dev/zero of=/cake/big bs=1M count=200");
    expect(outcome.result.exitCode).toBe(128 + 25);
    expect(endWords(outcome.result)).toContain("16 MB");
  });

  test("a sparse file cannot be larger than any other", async () => {
    const { outcome } = await scene.abuse(
      "truncate -s 1T /cake/sparse || dd if=/dev/zero of=/cake/sparse bs=1 count=1 seek=1000000000000",
    );
    expect(outcome.result.exitCode).not.toBe(0);
  });

  test("many files fill the writable layer only up to its limit, and the learner is told", async () => {
    const { outcome } = await scene.abuse(
      "i=0; while :; do dd if=/dev/zero of=/cake/$i bs=1M count=8 2>/dev/null; i=$((i+1)); done",
    );
    // An engine with a quota of its own says "no space" until the time is over; the watchdog gives a new container.
    if (scene.sandboxes.quota() === "watchdog") {
      expect(outcome.result.stoppedBy).toBe("disk");
      expect(outcome.notice).toContain("**disk** limit");
    }
    expect((await scene.abuse("ls /cake/recipe")).text).toBe("/cake/recipe\n");
    await scene.fresh();
  });

  test("filling the disk from the background is found too", async () => {
    await scene.abuse(
      "(sleep 1; i=0; while :; do dd if=/dev/zero of=/cake/$i bs=1M count=8 2>/dev/null; i=$((i+1)); done) > /dev/null 2>&1 & sleep 5",
    );
    expect((await scene.abuse("echo ok")).text).toBe("ok\n");
    await scene.fresh();
  });

  test("a flood of empty files ends in a new container, and the learner is told", async () => {
    const { outcome } = await scene.abuse("i=0; while [ $i -lt 20000 ]; do : > /cake/e$i; i=$((i+1)); done");
    expect(outcome.notice).toContain(`${limits.layerFiles} files`);
    expect((await scene.abuse("ls /cake | wc -l")).text.trim()).toBe("2");
  });

  test("folders in folders in folders, and links in circles, can be looked at and removed", async () => {
    await scene.abuse(
      "cd /cake; i=0; while [ $i -lt 800 ]; do mkdir d && cd d || break; i=$((i+1)); done; cd /cake; ln -s a b; ln -s b a; ln -s . c; ls -laR c/c/c/c/c > /dev/null; cat a",
    );
    const { changes } = await scene.sandboxes.changes(person("Mallory").id);
    expect(changes.some(({ path }) => path === "/cake/a")).toBe(true);
    await scene.fresh();
  });

  test("what the main process prints is not kept for ever", async () => {
    const id = await scene.sandboxes.createContainer({
      ...{ name: `abuse-log-${Date.now()}`, image: scene.sandboxes.image().id, purpose: "line", owner: "test:mallory" },
      ...{
        slot: 3002,
        logs: true,
        command: ["sh", "-c", "yes 'a line that is long enough to fill a log' & sleep 3; kill $!"],
      },
    });
    await scene.engine.containers.start(id);
    await scene.engine.containers.wait(id);
    let bytes = 0;
    const output = await scene.engine.containers.logs(id, {}, (_, chunk) => {
      bytes += chunk.length;
    });
    await output.ended;
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThan(3 * 1024 * 1024);
    await scene.engine.containers.remove(id, { force: true });
  });

  test("a sandbox's own main process leaves no log at all", async () => {
    const view = await scene.sandboxes.find(person("Mallory").id);
    const { raw } = await scene.engine.containers.inspect(view?.container ?? "");
    expect((raw.HostConfig as { LogConfig: { Type: string } }).LogConfig.Type).toBe("none");
  });

  test("asking the host to write out its caches does nothing", async () => {
    const { outcome } = await scene.abuse("i=0; while [ $i -lt 50 ]; do sync; i=$((i+1)); done");
    expect(outcome.result.exitCode).toBe(0);
  });
});
