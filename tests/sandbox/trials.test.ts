import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DockerEngine } from "../../src/engine/docker.ts";
import { createDocker } from "../../src/engine/docker.ts";
import { limits } from "../../src/engine/limits.ts";
import { plainHost } from "../../src/engine/policy.ts";
import { runCanary } from "../../src/sandbox/guard/gate.ts";
import { prepareImage } from "../../src/sandbox/guard/image.ts";
import { probeQuota } from "../../src/sandbox/guard/quota.ts";
import { engine, testBase, theEngine } from "../harness/engine.ts";
import { openTestSandboxes } from "../harness/sandboxes.ts";

/** The tests' engine as one that takes a disk quota and ignores it, as Docker with the containerd image store does. */
function forgetful(): DockerEngine {
  const real = createDocker();
  return { ...real, setPolicy: ({ layerQuota: _, ...policy }) => real.setPolicy(policy) };
}

/** An engine on which a set-user-id program gains its owner's rights. */
function generous(): DockerEngine {
  const real = createDocker();
  const user = limits.firstUid + limits.slots - 1;
  const create: DockerEngine["containers"]["create"] = async ({ name, image, instance, command = [] }) => {
    const limited = ["--network=none", "--cap-drop=ALL", "--memory=64m", "--memory-swap=64m", "--pids-limit=64"];
    const whose = [`--name=${name}`, `--label=tutor.instance=${instance}`, `--user=${user}:${user}`];
    return execFileSync("docker", ["create", ...limited, ...whose, image, ...command], { encoding: "utf8" }).trim();
  };
  return { ...real, containers: { ...real.containers, create } };
}

/** An engine whose runtime does not tell whether rights can be gained, as gVisor does not. */
function silent(real: DockerEngine): DockerEngine {
  const start: DockerEngine["exec"]["start"] = (container, request, sink) =>
    real.exec.start(container, request, (source, bytes) =>
      sink(
        source,
        Buffer.from(
          Buffer.from(bytes)
            .toString()
            .replace(/^NoNewPrivs:.*\n/m, ""),
        ),
      ),
    );
  return { ...real, exec: { ...real.exec, start } };
}

describe.skipIf(!engine)("what is tried before the first sandbox", () => {
  const instance = `trials-${process.pid}`;
  let image = "";
  beforeAll(async () => {
    image = (await prepareImage(theEngine(), { base: testBase })).id;
  });
  const left = () => theEngine().containers.list({ labels: [`tutor.instance=${instance}`] });
  afterAll(async () => expect(await left()).toEqual([]));

  test("a disk quota that is taken and ignored is found by writing, and the watchdog holds the limit", async () => {
    const docker = forgetful();
    const info = await docker.system.info();
    const found = await probeQuota(docker, docker.setPolicy, info, { image, instance });
    expect(found).toEqual({ quota: "watchdog", policy: plainHost, ignored: true });
    const scene = await openTestSandboxes({ engine: forgetful() });
    try {
      const fill =
        "i=0; while [ $i -lt 200 ]; do dd if=/dev/zero of=/cake/$i bs=1M count=4 2>/dev/null; i=$((i+1)); done";
      const { outcome } = await scene.run("Ada", fill);
      expect(outcome.result.stoppedBy).toBe("disk");
      expect((await scene.sandboxes.limits("test:ada")).quota).toBe("watchdog");
    } finally {
      await scene.close();
    }
  });

  test("a set-user-id program that becomes root turns sandboxes off", async () => {
    const trying = runCanary(generous(), plainHost, { image, instance });
    await expect(trying).rejects.toThrow("Sandboxes are off: in a test container a process could gain rights.");
  });

  test("where the kernel does not tell about rights, the same program shows that none are gained", async () => {
    await runCanary(silent(createDocker()), { ...plainHost, runtime: "runc" }, { image, instance });
    await expect(runCanary(silent(generous()), plainHost, { image, instance })).rejects.toThrow("gain rights");
  });
});
