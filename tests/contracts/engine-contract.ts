import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContainerSpec } from "../../src/engine/container-spec.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { EngineError } from "../../src/engine/engine-error.ts";
import { idleCommand } from "../../src/engine/policy.ts";
import { prepareImage } from "../../src/sandbox/guard/image.ts";
import { testBase } from "../harness/engine.ts";
import { tarOf } from "../harness/tar.ts";

/** What every way to an engine must do, tried on a real one. */
export function engineContract(name: string, open: () => Promise<{ engine: Engine; close(): Promise<void> }>): void {
  describe(`an engine ${name}`, () => {
    const instance = `contract-${process.pid}-${name.toLowerCase().replace(/\W+/g, "-")}`;
    let engine: Engine;
    let close: () => Promise<void>;
    let image: string;
    let count = 0;
    const spec = (more: Partial<ContainerSpec> = {}): ContainerSpec => ({
      ...{ name: `${instance}-${++count}`, image, purpose: "line", instance, slot: 3100, command: idleCommand },
      ...more,
    });
    const made = async (more: Partial<ContainerSpec> = {}) => {
      const id = await engine.containers.create(spec(more));
      await engine.containers.start(id);
      return id;
    };
    const exec = async (id: string, command: string[], more = {}) => {
      const texts = { stdout: "", stderr: "" };
      const { output, inspect } = await engine.exec.start(id, { command, ...more }, (source, bytes) => {
        texts[source] += Buffer.from(bytes).toString();
      });
      await output.ended;
      return { ...texts, ...(await inspect()) };
    };
    const kind = (work: Promise<unknown>) =>
      work.then(
        () => "nothing thrown",
        (error) => (error instanceof EngineError ? error.kind : error),
      );

    beforeAll(async () => {
      ({ engine, close } = await open());
      image = (await prepareImage(engine, { base: testBase })).id;
    });
    afterAll(async () => {
      for (const { id } of await engine.containers.list({ labels: [`tutor.instance=${instance}`] }))
        await engine.containers.remove(id, { force: true });
      await close();
    });

    test("answers and tells what it can do", async () => {
      await engine.system.ping();
      const info = await engine.system.info();
      expect(info).toMatchObject({ memoryLimit: true, pidsLimit: true });
      expect((await engine.system.version()).Version).toBe(info.version);
    });

    test("creates, lists, renames, inspects and removes a container", async () => {
      const id = await made({ owner: "ada" });
      const [listed] = await engine.containers.list({ labels: ["tutor.owner=ada", `tutor.instance=${instance}`] });
      expect(listed).toMatchObject({ id, state: "running", imageId: image });
      await engine.containers.rename(id, `${instance}-renamed`);
      expect((await engine.containers.inspect(id)).name).toBe(`${instance}-renamed`);
      await engine.containers.remove(id, { force: true });
      expect(await kind(engine.containers.inspect(id))).toBe("not-found");
    });

    test("stops, starts, restarts and kills, and tells the exit code", async () => {
      const id = await made({ command: ["sh", "-c", "trap 'exit 7' TERM; while :; do sleep 0.1; done"] });
      // The shell sets its trap before it starts its first sleep.
      await expect.poll(async () => (await engine.containers.top(id)).rows.length).toBeGreaterThan(1);
      const ended = engine.containers.wait(id);
      await engine.containers.stop(id, 5);
      expect(await ended).toEqual({ code: 7 });
      await engine.containers.stop(id);
      expect((await engine.containers.inspect(id)).state).toMatchObject({ status: "exited", exitCode: 7 });
      await engine.containers.start(id);
      await engine.containers.restart(id, 0);
      await engine.containers.kill(id);
      expect(await engine.containers.wait(id)).toEqual({ code: 137 });
      expect(await kind(engine.containers.kill(id))).toBe("not-running");
    });

    test("runs commands: both streams apart, exit code, input, environment, folder", async () => {
      const id = await made();
      expect(await exec(id, ["sh", "-c", "echo out; echo err >&2; exit 3"])).toEqual({
        ...{ stdout: "out\n", stderr: "err\n", exitCode: 3, running: false },
      });
      const input = { stdin: Buffer.from("a\nb\n"), env: { A: "1 2" }, workingDir: "/tmp" };
      expect((await exec(id, ["sh", "-c", 'wc -l; echo "$A"; pwd'], input)).stdout).toBe("2\n1 2\n/tmp\n");
      expect((await exec(id, ["no-such-program"])).exitCode).toBe(126);
      await engine.containers.kill(id);
      expect(await kind(exec(id, ["true"]))).toBe("not-running");
    });

    test("holds a writer back while nobody reads", async () => {
      const id = await made();
      let bytes = 0;
      const { output } = await engine.exec.start(id, { command: ["yes"] }, (_, chunk) => {
        bytes += chunk.length;
        if (bytes > 200_000) output.pause();
      });
      await new Promise((resolve) => setTimeout(resolve, 500));
      const held = bytes;
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(bytes).toBe(held);
      // The engine waits for readers, so whoever stops listening says so before the container is removed.
      output.detach();
      await output.ended;
      await engine.containers.remove(id, { force: true });
    });

    test("tells changes, processes and the size of the writable layer", async () => {
      const id = await made();
      expect(await engine.containers.changes(id)).toEqual([]);
      await exec(id, ["sh", "-c", "echo hi > /cake/note; rm /cake/recipe"]);
      expect(await engine.containers.changes(id)).toEqual([
        { kind: "C", path: "/cake" },
        { kind: "A", path: "/cake/note" },
        { kind: "D", path: "/cake/recipe" },
      ]);
      expect((await engine.containers.top(id)).rows.length).toBeGreaterThan(0);
      expect((await engine.containers.inspect(id, { size: true })).sizeRw).toBe(3);
      expect((await engine.containers.list({ ids: [id], size: true }))[0]?.sizeRw).toBe(3);
    });

    test("keeps what the main process prints, attaches to it, and gives no logs where none are kept", async () => {
      let attached = "";
      const id = await engine.containers.create(
        spec({ logs: true, command: ["sh", "-c", "echo one; sleep 0.2; echo two >&2"] }),
      );
      const live = await engine.containers.attach(id, (_, bytes) => {
        attached += Buffer.from(bytes).toString();
      });
      await engine.containers.start(id);
      await engine.containers.wait(id);
      await live.ended;
      expect(attached).toContain("one\n");
      const read = async (options: object) => {
        let text = "";
        const output = await engine.containers.logs(id, options, (source, bytes) => {
          text += `${source}:${Buffer.from(bytes).toString()}`;
        });
        await output.ended;
        return text;
      };
      expect(await read({})).toBe("stdout:one\nstderr:two\n");
      expect(await read({ tail: 1 })).toBe("stderr:two\n");
      expect(await read({ follow: true })).toContain("one");
      const silent = await made();
      expect(await kind(engine.containers.logs(silent, {}, () => {}))).toMatch(/failed|refused|conflict/);
    });

    test("copies files in and out, and refuses to carry too much", async () => {
      const id = await made();
      await engine.containers.copyIn(id, "/cake", await tarOf({ "in.txt": "copied" }));
      expect((await exec(id, ["cat", "/cake/in.txt"])).stdout).toBe("copied");
      const tar = await engine.containers.copyOut(id, "/cake/in.txt", 100_000);
      expect(Buffer.from(tar).toString("latin1")).toContain("copied");
      expect(await kind(engine.containers.copyOut(id, "/bin/busybox", 100_000))).toBe("too-large");
      expect(await kind(engine.containers.copyOut(id, "/nowhere", 1000))).toBe("not-found");
    });

    test("commits, tags, tells the history of, and removes images", async () => {
      const id = await made();
      await exec(id, ["bake", "cherries"]);
      const repository = `t-${instance}/berry`;
      const settings = { env: ["FLAVOUR=berry"], user: "1000:1000", labels: { "tutor.owner": "ada" } };
      const berry = await engine.containers.commit(id, { reference: `${repository}:1`, comment: "red", settings });
      const details = await engine.images.inspect(`${repository}:1`);
      expect(details).toMatchObject({ id: berry, user: "1000:1000", parent: image });
      expect((details.raw.Config as { Env: string[] }).Env).toContain("FLAVOUR=berry");
      expect((await engine.images.history(berry))[0]).toMatchObject({ comment: "red" });
      await engine.images.tag(berry, repository, "2");
      const listed = await engine.images.list({ reference: repository });
      expect(listed.flatMap(({ references }) => references).sort()).toEqual([`${repository}:1`, `${repository}:2`]);
      expect(await engine.images.remove(`${repository}:2`)).toMatchObject({
        untagged: [`${repository}:2`],
        deleted: [],
      });
      const user = await made({ image: berry });
      expect(await kind(engine.images.remove(berry))).toMatch(/in-use/);
      await engine.containers.remove(user, { force: true });
      expect((await engine.images.remove(`${repository}:1`)).deleted).toContain(berry);
    });

    test("tells events until it is asked to stop", async () => {
      const seen: string[] = [];
      let over = false;
      const stop = await engine.system.events(
        { type: ["container"], label: [`tutor.instance=${instance}`] },
        ({ action }) => seen.push(action),
        () => {
          over = true;
        },
      );
      const id = await made();
      await engine.containers.remove(id, { force: true });
      await expect.poll(() => seen).toEqual(expect.arrayContaining(["create", "start", "die", "destroy"]));
      stop();
      await expect.poll(() => over).toBe(true);
    });

    test("sorts what goes wrong into kinds, and names nothing internal in the message", async () => {
      expect(await kind(engine.containers.start("nobody"))).toBe("not-found");
      expect(await kind(engine.containers.inspect("../images/json"))).toBe("not-found");
      expect(await kind(engine.images.inspect("no/such:image"))).toBe("not-found");
      expect(await kind(engine.images.inspect("../../containers/json"))).toBe("not-found");
      const first = spec();
      await engine.containers.create(first);
      expect(await kind(engine.containers.create(first))).toBe("conflict");
      expect(await kind(engine.containers.create(spec({ image: "no/such:image" })))).toBe("not-found");
      const lost = await engine.containers.create(spec({ command: ["no-such-program"] }));
      expect(await kind(engine.containers.start(lost))).toBe("no-program");
      const error = await engine.containers.create(first).catch((caught: EngineError) => caught);
      expect((error as EngineError).message).not.toContain(instance);
      expect((error as EngineError).detail).toContain(instance);
    });
  });
}
