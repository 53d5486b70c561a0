import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { engine } from "../harness/engine.ts";
import { person } from "../harness/sandboxes.ts";
import { type Scene, setTheScene } from "./abuse.ts";

describe.skipIf(!engine)("neighbours", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setTheScene();
  });
  afterEach(() => scene.allIsWell());
  afterAll(() => scene?.close());

  test("two learners who work at the same time share no files and no processes", async () => {
    const line = (name: string) => `echo ${name} > /cake/who; sleep 1; cat /cake/who; ps -o args | grep -c 'wh[o]'`;
    const [one, two] = await Promise.all([scene.run("Mallory", line("mallory")), scene.run("Nina", line("nina"))]);
    expect(one.text.split("\n")[0]).toBe("mallory");
    expect(two.text.split("\n")[0]).toBe("nina");
    expect((await scene.run("Nina", "ps -o args")).text).not.toContain("mallory");
    expect((await scene.abuse("ls /cake")).text).not.toContain("nina");
  });

  test("every sandbox has a user of its own", async () => {
    const ids = await Promise.all([scene.run("Mallory", "id -u"), scene.run("Nina", "id -u")]);
    expect(ids[0].text).not.toBe(ids[1].text);
  });

  test("nothing of the last sandbox is in the next one", async () => {
    await scene.abuse("echo left > /cake/over; sleep 500 &");
    await scene.fresh();
    const { text } = await scene.abuse("ls /cake; ps -o args");
    expect(text).not.toContain("over");
    expect(text).not.toContain("sleep 500");
  });

  test("the network of one is not the network of another", async () => {
    await scene.run("Nina", "echo secret > /cake/page; httpd -p 8080 -h /cake");
    expect((await scene.run("Nina", "wget -q -O - http://127.0.0.1:8080/page")).text).toBe("secret\n");
    const { text } = await scene.abuse("wget -q -T 1 -O - http://127.0.0.1:8080/page");
    expect(text).not.toContain("secret");
    await scene.run("Nina", "killall httpd; rm /cake/page");
  });

  test("the sandbox of somebody else cannot be named", async () => {
    await expect(scene.sandboxes.limits(person("Nobody").id)).rejects.toThrow(/You have no sandbox/);
    await expect(scene.sandboxes.reset(person("Nobody").id)).rejects.toThrow(/You have no sandbox/);
    expect(await scene.sandboxes.stop(person("Nobody").id)).toBe(false);
  });
});
