import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { endWords } from "../../src/sandbox/shown-output.ts";
import { engine } from "../harness/engine.ts";
import { canRunPrograms, fillMemoryFile, fillPipes, fillSharedMemory } from "../harness/syscall-program.ts";
import { type Scene, setTheScene } from "./abuse.ts";

describe.skipIf(!engine)("memory", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setTheScene();
  });
  afterEach(() => scene.allIsWell());
  afterAll(() => scene?.close());

  test("a memory bomb is killed at the memory limit, and the learner is told so", async () => {
    const { outcome } = await scene.abuse("dd if=/dev/zero of=/dev/null bs=300M count=1");
    expect(outcome.result).toMatchObject({ exitCode: 137, stoppedBy: "memory" });
    expect(endWords(outcome.result)).toContain("64 MB of **memory**");
  });

  test("a text that doubles for ever is killed at the memory limit", async () => {
    const { outcome } = await scene.abuse("x=a; while :; do x=$x$x; done");
    expect(outcome.result).toMatchObject({ exitCode: 137, stoppedBy: "memory" });
  });

  test("many processes that each take a little are killed at the memory limit", async () => {
    const { outcome } = await scene.abuse(
      "for i in 1 2 3 4 5 6; do dd if=/dev/zero of=/dev/null bs=30M count=50 & done; wait",
    );
    expect(outcome.result.pieces.map(({ text }) => text).join("")).not.toMatch(/(50\+0 records in[\s\S]*){6}/);
  });

  test("there is no /dev/shm to fill", async () => {
    const { text } = await scene.abuse("ls /dev/shm; echo x > /dev/shm/x");
    expect(text).toMatch(/No such file|nonexistent directory/);
  });

  test.skipIf(!canRunPrograms)("System V shared memory counts, and does not block the sandbox afterwards", async () => {
    await scene.bring({ shared: fillSharedMemory() });
    const { outcome } = await scene.abuse("exec /cake/shared");
    expect(outcome.result.exitCode).toBeGreaterThan(128);
    expect((await scene.abuse("echo $((1 + 1))")).text).toBe("2\n");
  });

  test.skipIf(!canRunPrograms)("a file that is in memory only is held at the size of a file", async () => {
    await scene.bring({ memory: fillMemoryFile() });
    const { outcome } = await scene.abuse("exec /cake/memory");
    expect(outcome.result.exitCode).toBe(128 + 25);
    expect(endWords(outcome.result)).toContain("SIGXFSZ");
  });

  test.skipIf(!canRunPrograms)("kernel memory in pipes counts, and the sandbox comes back", async () => {
    await scene.bring({ pipes: fillPipes() });
    await scene.abuse("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do /cake/pipes & done; wait");
    expect((await scene.abuse("echo back")).text).toBe("back\n");
    await scene.fresh();
  });

  test("a /tmp in memory is held at its size and at its number of files", async () => {
    const id = await scene.sandboxes.createContainer({
      ...{ name: `abuse-tmp-${Date.now()}`, image: scene.sandboxes.image().id, purpose: "line", owner: "test:mallory" },
      ...{ slot: 3001, tmp: true, readOnly: true, command: ["sleep", "60"] },
    });
    await scene.engine.containers.start(id);
    const size = await scene.sandboxes.runIn(id, ["dd", "if=/dev/zero", "of=/tmp/big", "bs=1M", "count=12"]);
    expect(size.pieces.map(({ text }) => text).join("")).toContain("No space left");
    const many = await scene.sandboxes.runIn(id, [
      ...["sh", "-c", "rm /tmp/big; i=0; while [ $i -lt 2000 ] && : > /tmp/$i; do i=$((i+1)); done; echo $i"],
    ]);
    const made = many.pieces.map(({ text }) => text).join("");
    expect(made).toMatch(/No space left/);
    const layer = await scene.sandboxes.runIn(id, ["sh", "-c", "echo x > /cake/x"]);
    expect(layer.exitCode).not.toBe(0);
    await scene.engine.containers.remove(id, { force: true });
  });
});
