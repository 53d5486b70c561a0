import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { checkDocker } from "../../src/doctor/check-docker.ts";
import { createDocker } from "../../src/engine/docker.ts";
import { openTestSandboxes } from "../harness/sandboxes.ts";

/** What Podman's Docker API says about itself, as far as anybody here asks. */
const podman = {
  ...{ Name: "host", ServerVersion: "5.8.6", BuildahVersion: "1.43.1", Driver: "overlay", DockerRootDir: "/var/lib" },
  ...{ MemoryLimit: true, PidsLimit: true, CpuCfsQuota: true, CgroupDriver: "systemd", CgroupVersion: "2" },
  ...{ SecurityOptions: ["name=seccomp,profile=default", "name=rootless"], Runtimes: { crun: {} } },
  ...{ DefaultRuntime: "crun", NCPU: 2, MemTotal: 1, ContainersRunning: 0 },
};

describe("Podman behind Docker's API", () => {
  const folder = mkdtempSync(join(tmpdir(), "bakehouse-podman-"));
  const host = `unix://${join(folder, "podman.sock")}`;
  let server: Server;
  beforeAll(async () => {
    server = createServer(({ url = "" }, answer) => {
      if (/\/events/.test(url)) return void answer.writeHead(200).flushHeaders();
      answer.end(/\/_ping/.test(url) ? "OK" : JSON.stringify(podman));
    });
    await new Promise<void>((resolve) => server.listen(join(folder, "podman.sock"), () => resolve()));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("the doctor says what it is, what it lacks and what helps", async () => {
    const environment = { DOCKER_HOST: host };
    const found = await checkDocker({
      ...{ config: readConfig(environment), environment, commands: [], now: Date.now },
      heard() {},
    });
    const said = JSON.stringify(found);
    expect(said).toContain(`Podman 5.8.6 answers at ${host}, not Docker`);
    expect(said).toContain("system calls");
    expect(said).not.toMatch(/older than|engine's own log/);
  });

  test("sandboxes are off with that reason, and nobody is told to wait", async () => {
    const scene = await openTestSandboxes({ engine: createDocker({ environment: { DOCKER_HOST: host } }) });
    expect(scene.sandboxes.readiness()).toMatchObject({ state: "off", why: expect.stringContaining("Podman 5.8.6") });
    await scene.close();
  });
});
