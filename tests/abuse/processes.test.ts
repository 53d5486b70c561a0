import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../src/engine/limits.ts";
import { endWords } from "../../src/sandbox/shown-output.ts";
import { engine } from "../harness/engine.ts";
import { callUntilRefused, canRunPrograms, threadsUntilRefused } from "../harness/syscall-program.ts";
import { type Scene, setTheScene } from "./abuse.ts";

describe.skipIf(!engine)("processes", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setTheScene();
  });
  afterEach(() => scene.allIsWell());
  afterAll(() => scene?.close());

  test("a fork bomb is held at the pids limit", async () => {
    const { outcome, text } = await scene.abuse("f() { f | f & f; }; f");
    expect(text).toContain("can't fork");
    expect(outcome.result.processes).toBe(true);
    expect(endWords(outcome.result)).toContain(`${limits.pids} at once`);
  });

  test("many sleepers are held at the pids limit", async () => {
    const { text } = await scene.abuse("i=0; while [ $i -lt 300 ]; do sleep 20 & i=$((i+1)); echo $i; done");
    const started = Number(text.match(/(\d+)\n(?!.*\d\n)/s)?.[1]);
    expect(started).toBeGreaterThan(40);
    expect(started).toBeLessThan(limits.pids);
  });

  test.skipIf(!canRunPrograms)("threads count as processes", async () => {
    await scene.bring({ threads: threadsUntilRefused() });
    const { outcome } = await scene.abuse("exec /cake/threads");
    expect(outcome.result.exitCode).toBeGreaterThan(40);
    expect(outcome.result.exitCode).toBeLessThan(limits.pids);
  });

  test("an endless loop is stopped by the time limit", async () => {
    const { outcome } = await scene.abuse("while :; do :; done");
    expect(outcome.result.stoppedBy).toBe("time");
    expect(endWords(outcome.result)).toContain(`${limits.commandSeconds} seconds`);
  });

  test("the time limit ends the whole tree of processes, whatever it ignores and wherever it hides", async () => {
    const { outcome } = await scene.abuse(
      "(trap '' TERM INT HUP; while :; do :; done) & setsid sh -c 'while :; do sleep 1; done' & while :; do :; done",
    );
    expect(outcome.result.stoppedBy).toBe("time");
    const { text } = await scene.abuse("ps -o args");
    expect(text).not.toContain("sleep 1\n");
    expect(text.match(/while :; do :; done/g)).toBeNull();
  });

  test("killing everything in the container does not end the container", async () => {
    await scene.abuse("kill -9 1; kill -9 -1; kill -TERM 1; kill -STOP 1");
    const { text, outcome } = await scene.abuse("echo still here");
    expect(text).toBe("still here\n");
    expect(outcome.notice).toBeUndefined();
  });

  test("a hundred orphans leave no zombies", async () => {
    await scene.abuse("i=0; while [ $i -lt 100 ]; do (sh -c 'exit 0' &) ; i=$((i+1)); done; sleep 1");
    const { text } = await scene.abuse("ps -o stat,comm");
    expect(text.match(/^Z/gm)).toBeNull();
  });

  test("spinning in the background does not keep the neighbour from working", async () => {
    const { outcome } = await scene.abuse("for i in 1 2 3 4 5 6 7 8; do (while :; do :; done) & done; echo spinning");
    expect(outcome.result.background).toBe(true);
    await scene.fresh();
  });

  test("a child that keeps the output open does not keep the answer back", async () => {
    const { text, outcome } = await scene.abuse("sleep 300 & echo answered");
    expect(text).toBe("answered\n");
    expect(outcome.result).toMatchObject({ exitCode: 0, background: true });
  });

  test.skipIf(!canRunPrograms)("open files are held at their limit", async () => {
    // openat(AT_FDCWD, "", …) fails, so /proc/self/fd is not needed: dup(1) takes one number each.
    await scene.bring({ files: callUntilRefused(false, 32, 1) });
    const { outcome } = await scene.abuse("exec /cake/files");
    expect(outcome.result.exitCode).toBeGreaterThan(limits.openFiles - 20);
    expect(outcome.result.exitCode).toBeLessThan(limits.openFiles);
  });

  test("crashes are told by their signal", async () => {
    const { outcome } = await scene.abuse("kill -SEGV $$");
    expect(outcome.result.exitCode).toBe(139);
    expect(endWords(outcome.result)).toContain("SIGSEGV");
  });
});
