import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContainerSpec } from "../../src/engine/container-spec.ts";
import { limits } from "../../src/engine/limits.ts";
import { createPayload, plainHost, SpecError } from "../../src/engine/policy.ts";

const plain: ContainerSpec = { name: "n", image: "cake", purpose: "pool", instance: "i", slot: 7 };

/** Every field that may ever be in a request, at the top and in HostConfig. */
const top = [
  ...[
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
  ],
  ...["StdinOnce", "AttachStdin", "AttachStdout", "AttachStderr", "StopSignal", "StopTimeout", "Labels", "HostConfig"],
];
const inHostConfig = [
  ...[
    "NetworkMode",
    "CapDrop",
    "SecurityOpt",
    "ReadonlyRootfs",
    "Memory",
    "MemorySwap",
    "NanoCpus",
    "CpuShares",
    "PidsLimit",
  ],
  ...["Ulimits", "Tmpfs", "IpcMode", "CgroupnsMode", "Init", "LogConfig", "RestartPolicy", "AutoRemove", "OomScoreAdj"],
  ...["MaskedPaths", "ReadonlyPaths", "StorageOpt", "Runtime"],
];

test("a container of a learner is ended before the host's own programs when memory runs out", () => {
  const { HostConfig } = createPayload(plain, plainHost);
  expect(HostConfig?.OomScoreAdj).toBe(500);
});

/** Specs as a hostile caller would write them, with fields that no spec has. */
const word = fc.oneof(fc.string(), fc.constantFrom("ada", "cake", "a=b", "../x", "\0", "{}", "tutor.owner"));
const specs = fc.record(
  {
    name: fc.oneof(fc.constant("ada"), word),
    image: fc.oneof(fc.constant("cake:1"), word),
    purpose: fc.constantFrom("pool", "line", "build", "canary"),
    instance: fc.constant("i"),
    slot: fc.oneof(fc.nat(100), fc.double(), fc.integer()),
    owner: word,
    runAs: fc.oneof(fc.constantFrom("own", "image"), fc.record({ user: word })),
    command: fc.array(word),
    entrypoint: fc.array(word),
    env: fc.dictionary(word, word),
    workingDir: word,
    hostname: word,
    labels: fc.dictionary(word, word),
    logs: fc.boolean(),
    stdin: fc.boolean(),
    readOnly: fc.boolean(),
    tmp: fc.boolean(),
    memory: fc.double(),
    cpus: fc.double(),
    pids: fc.integer(),
    stopSignal: word,
    stopSeconds: fc.integer(),
    Privileged: fc.constant(true),
    HostConfig: fc.constant({ Privileged: true, Binds: ["/:/host"] }),
    Binds: fc.constant(["/:/host"]),
    hostConfig: fc.constant({ capAdd: ["ALL"] }),
  },
  { requiredKeys: ["name", "image", "purpose", "instance", "slot"] },
);

describe("a request for a container", () => {
  test("has only allowed fields and only safe values, whatever it is made from", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        let payload: ReturnType<typeof createPayload>;
        try {
          payload = createPayload(spec as unknown as ContainerSpec);
        } catch (error) {
          expect(error).toBeInstanceOf(SpecError);
          return;
        }
        expect(Object.keys(payload).filter((key) => !top.includes(key))).toEqual([]);
        expect(Object.keys(payload.HostConfig).filter((key) => !inHostConfig.includes(key))).toEqual([]);
        expect(payload).toMatchObject({ NetworkDisabled: true, Tty: false });
        const host = payload.HostConfig;
        expect(host).toMatchObject({
          NetworkMode: "none",
          CapDrop: ["ALL"],
          IpcMode: "none",
          Init: false,
          AutoRemove: false,
        });
        expect(host.SecurityOpt[0]).toBe("no-new-privileges=true");
        expect(host.SecurityOpt[1]).toMatch(/^seccomp=\{"defaultAction":"SCMP_ACT_ERRNO"/);
        expect(host.Memory).toBeGreaterThan(0);
        expect(host.Memory).toBeLessThanOrEqual(limits.memory);
        expect(host.MemorySwap).toBe(host.Memory);
        expect(host.NanoCpus).toBeGreaterThan(0);
        expect(host.NanoCpus).toBeLessThanOrEqual(limits.cpus * 1e9);
        expect(host.PidsLimit).toBeGreaterThan(0);
        expect(host.PidsLimit).toBeLessThanOrEqual(limits.pids);
        expect(payload.Labels["tutor.instance"]).toBe("i");
        expect(JSON.stringify(payload)).not.toContain("\\u0000");
      }),
      { numRuns: 2000 },
    );
  });

  test("gives every slot a user of its own", () => {
    expect(createPayload({ ...plain, slot: 7 }).User).toBe("20007:20007");
    expect(createPayload({ ...plain, slot: 8 }).User).toBe("20008:20008");
  });

  test("takes file watches from a container whose user is not its own", () => {
    const profile = (spec: ContainerSpec) => String(createPayload(spec).HostConfig.SecurityOpt[1]);
    expect(profile(plain)).toContain("inotify_init");
    expect(profile({ ...plain, runAs: "image" })).not.toContain("inotify_init");
    expect(createPayload({ ...plain, runAs: "image" })).not.toHaveProperty("User");
    expect(createPayload({ ...plain, runAs: { user: "root" } }).User).toBe("root");
  });

  test("lowers limits when asked to and never raises them", () => {
    const { HostConfig } = createPayload({ ...plain, memory: 16 * 1024 * 1024, cpus: 0.1, pids: 5 });
    expect(HostConfig).toMatchObject({
      Memory: 16 * 1024 * 1024,
      MemorySwap: 16 * 1024 * 1024,
      NanoCpus: 1e8,
      PidsLimit: 5,
    });
    expect(createPayload({ ...plain, memory: 1e12, cpus: 99, pids: 1e6 }).HostConfig).toMatchObject({
      ...{ Memory: limits.memory, NanoCpus: limits.cpus * 1e9, PidsLimit: limits.pids },
    });
  });

  test("names a disk quota and a runtime only where the host has them", () => {
    expect(createPayload(plain).HostConfig).not.toHaveProperty("StorageOpt");
    const host = createPayload(plain, { ...plainHost, layerQuota: "32m", runtime: "runsc" }).HostConfig;
    expect(host).toMatchObject({ StorageOpt: { size: "32m" }, Runtime: "runsc", PidsLimit: limits.pidsRunsc });
  });

  test("cannot carry a label of the program's own, or more text than allowed", () => {
    expect(() => createPayload({ ...plain, labels: { "tutor.owner": "somebody" } })).toThrow(SpecError);
    expect(() => createPayload({ ...plain, labels: { "Tutor.owner": "somebody" } })).toThrow(SpecError);
    expect(() => createPayload({ ...plain, command: ["x".repeat(limits.specBytes + 1)] })).toThrow(SpecError);
  });
});
