import { describe, expect, test } from "vitest";
import { limits } from "../../src/engine/limits.ts";
import type { HostPolicy } from "../../src/engine/policy.ts";
import { prepareImage } from "../../src/sandbox/guard/image.ts";
import { probeQuota, quotaWords } from "../../src/sandbox/guard/quota.ts";
import { engine, testBase, theEngine } from "../harness/engine.ts";
import { canOwnBtrfs, ownEngine } from "../harness/own-engine.ts";
import { openTestSandboxes, person } from "../harness/sandboxes.ts";

describe.skipIf(!engine)("the probe of an engine without a quota for single layers", () => {
  test("is refused by the engine, leaves nothing behind, and falls back to the watchdog", async () => {
    const docker = theEngine();
    const { id: image } = await prepareImage(docker, { base: testBase });
    const instance = `quota-${process.pid}`;
    const spec = { name: `${instance}-asked`, image, purpose: "canary", instance, slot: 1 } as const;
    const tried: HostPolicy[] = [];
    docker.setPolicy({ memory: limits.memory, seccomp: true, layerQuota: "32m" });
    await expect(docker.containers.create(spec)).rejects.toMatchObject({
      kind: expect.stringMatching(/failed|refused/),
      detail: expect.stringMatching(/storage-opt/),
    });
    const setPolicy = (policy: HostPolicy) => {
      tried.push(policy);
      docker.setPolicy(policy);
    };
    const { quota, policy } = await probeQuota(docker, setPolicy, await docker.system.info(), { image, instance });
    expect(quota).toBe("watchdog");
    expect(tried.map(({ layerQuota }) => layerQuota)).toEqual(["32m", undefined]);
    expect(policy).toEqual({ memory: limits.memory, seccomp: true });
    expect(await docker.containers.list({ labels: [`tutor.instance=${instance}`] })).toEqual([]);
  });
});

describe.skipIf(!canOwnBtrfs)("an engine with a quota for single layers (btrfs)", () => {
  test("is found by the probe, and holds each writable layer by itself", { timeout: 180_000 }, async () => {
    const own = await ownEngine({ btrfs: "2G" });
    const scene = await openTestSandboxes({ engine: own.connect() });
    try {
      expect(scene.sandboxes.readiness()).toEqual({ state: "ready" });
      expect(scene.sandboxes.quota()).toBe("engine");
      const ada = await scene.start("Ada");
      const { raw } = await scene.engine.containers.inspect(ada.container);
      expect(raw.HostConfig).toMatchObject({ StorageOpt: { size: "32m" } });
      expect(quotaWords[(await scene.sandboxes.limits(person("Ada").id)).quota]).toContain("engine's own disk quota");
      await scene.run("Nina", "echo mine > /cake/nina");

      const fill =
        "i=0; while [ $i -lt 6 ]; do dd if=/dev/zero of=/cake/$i bs=1M count=12 || echo full; i=$((i+1)); done";
      const { text } = await scene.run("Ada", `${fill} 2>&1; sync; du -sm /cake | cut -f1`);
      expect(text).toMatch(/No space left on device|Disk quota exceeded/);
      expect(Number(text.trim().split("\n").at(-1))).toBeLessThanOrEqual(limits.layer / 1024 / 1024);
      expect((await scene.run("Nina", "cat /cake/nina; bake")).text).toContain("mine");
      await scene.sandboxes.reset(person("Ada").id);
      expect((await scene.run("Ada", "ls /cake")).text).toBe("recipe\ntopping\n");
    } finally {
      await scene.close();
      await own.stop();
    }
  });
});
