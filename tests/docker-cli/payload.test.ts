import fc from "fast-check";
import { expect, test } from "vitest";
import { createDockerLines } from "../../src/docker-cli/docker-lines.ts";
import { createPlainHost, type LineSpec } from "../../src/docker-cli/lines-host.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { createPayload } from "../../src/engine/policy.ts";

const id = `sha256:${"a".repeat(64)}`;
const image = {
  id,
  references: ["cake:latest"],
  digests: [],
  parent: "",
  createdAt: 0,
  size: 1,
  labels: {},
  layers: [],
  user: "",
  raw: {},
};

/** An engine that knows the shared image and remembers what it was asked to make. */
function recorder(): { engine: Engine; specs: LineSpec[] } {
  const specs: LineSpec[] = [];
  const engine = {
    host: "recorder",
    containers: {
      list: async () => [],
      create: async (spec: LineSpec) => {
        specs.push(spec);
        return "b".repeat(64);
      },
      inspect: async () => ({ raw: { Config: { WorkingDir: specs.at(-1)?.workingDir } } }),
      stat: async () => ({ name: "", folder: true, size: 0 }),
    },
    images: { list: async () => [], inspect: async () => image },
  };
  return { engine: engine as unknown as Engine, specs };
}

const flags = fc.constantFrom(
  "--name ada",
  "-d",
  "-it",
  "-e A=b",
  "-e 'PATH=x y'",
  "-w /x",
  "-w x",
  "-u 0",
  "-u '0:0 x'",
  "-m 2g",
  "-m 16m",
  "--cpus 64",
  "--cpus 0.1",
  "--pids-limit -1",
  "--pids-limit 5",
  "-h oven",
  "-l a=b",
  "-l tutor.owner=eva",
  "-l 'Tutor.Owner=eva'",
  "-l bakehouse.remove-on-exit=yes",
  "--rm",
  "--read-only",
  "--entrypoint sh",
  "--entrypoint ''",
  "--stop-signal SIGKILL",
  "--stop-timeout 999",
  "-v /:/h",
  "--privileged",
  "--network host",
  "--pid=host",
  "--cap-add ALL",
  "--device /dev/kvm",
  "--mount type=bind,src=/,dst=/h",
  "--security-opt seccomp=unconfined",
  "--userns host",
  "-p 1:1",
  "--volumes-from x",
  "--runtime x",
);
const allowed = [
  "name",
  "Image",
  "Cmd",
  "Entrypoint",
  "User",
  "Env",
  "WorkingDir",
  "Hostname",
  "NetworkDisabled",
  "Tty",
  "OpenStdin",
  "StdinOnce",
  "AttachStdin",
  "AttachStdout",
  "AttachStderr",
  "StopSignal",
  "StopTimeout",
  "Labels",
  "HostConfig",
];
const hostAllowed = [
  "NetworkMode",
  "CapDrop",
  "SecurityOpt",
  "ReadonlyRootfs",
  "Memory",
  "MemorySwap",
  "NanoCpus",
  "CpuShares",
  "PidsLimit",
  "Ulimits",
  "IpcMode",
  "CgroupnsMode",
  "Init",
  "LogConfig",
  "RestartPolicy",
  "AutoRemove",
  "OomScoreAdj",
  "MaskedPaths",
  "ReadonlyPaths",
];

test("whatever flags are typed, the request has only fields of the allow-list, the sandbox's limits and one owner", async () => {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("create", "run -d"),
      fc.array(flags, { maxLength: 6 }),
      fc.constantFrom("cake", "cake sh -c 'id; id'", `${id} true`, "nope", "../cake"),
      async (verb, given, rest) => {
        const { engine, specs } = recorder();
        const lines = createDockerLines({ host: createPlainHost(engine, "test", [{ name: "cake", id }]) });
        await lines.run(`docker create ${given.join(" ")} ${rest}`, { owner: `learner:${verb}`, slot: 3 });
        for (const spec of specs) {
          made++;
          const payload = createPayload({ ...spec, instance: "test" });
          expect(allowed).toEqual(expect.arrayContaining(Object.keys(payload)));
          expect(hostAllowed).toEqual(expect.arrayContaining(Object.keys(payload.HostConfig)));
          expect(payload.HostConfig).toMatchObject({
            NetworkMode: "none",
            CapDrop: ["ALL"],
            IpcMode: "none",
            AutoRemove: false,
          });
          expect(payload.HostConfig.Memory).toBeLessThanOrEqual(64 * 1024 * 1024);
          expect(payload.HostConfig.PidsLimit).toBeLessThanOrEqual(64);
          expect(payload.HostConfig.SecurityOpt[0]).toBe("no-new-privileges=true");
          expect(payload.Labels["tutor.owner"]).toBe(`learner:${verb}`);
          expect(payload.Image).toBe(id);
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(made).toBeGreaterThan(10);
});

test("each refused flag is named, with the reason and a card", async () => {
  const { engine, specs } = recorder();
  const lines = createDockerLines({ host: createPlainHost(engine, "test", [{ name: "cake", id }]) });
  for (const flag of [
    "-v /:/x",
    "--volume=/:/x",
    "-p 80:80",
    "-P",
    "--privileged",
    "--network host",
    "--net=host",
    "--cap-add ALL",
    "--pid host",
    "--device /dev/kvm",
    "--mount type=tmpfs",
    "--restart always",
    "--env-file x",
    "--gpus all",
    "--userns host",
    "--security-opt x",
    "--ulimit x",
    "--sysctl x",
    "--ipc host",
    "--uts host",
    "--runtime x",
    "--init",
  ]) {
    const { refused } = await lines.run(`docker run ${flag} cake`, { owner: "test", slot: 0 });
    expect(refused?.why, flag).toContain(`\`${flag.split(/[ =]/)[0]}\``);
    expect(refused?.concept, flag).toMatch(/^[a-z-]+$/);
  }
  for (const line of [
    "pull nginx",
    "push x",
    "login",
    "volume ls",
    "network ls",
    "compose up",
    "save cake",
    "load",
    "system prune",
    "swarm init",
    "-H tcp://x ps",
    "attach x",
    "build https://example.com",
  ]) {
    const { refused } = await lines.run(`docker ${line}`, { owner: "test", slot: 0 });
    expect(refused?.why, line).toBeTruthy();
    expect(refused?.concept, line).toMatch(/^[a-z-]+$/);
  }
  expect(specs).toEqual([]);
});
