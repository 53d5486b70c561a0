import type { ContainerSpec } from "./container-spec.ts";
import { limits } from "./limits.ts";
import { seccompProfile } from "./seccomp.ts";

/** What the operator and the probes decided for every container of this engine. */
export interface HostPolicy {
  /** runc, crun or runsc; none takes the engine's default. */
  runtime?: string;
  /** Bytes of one container. */
  memory: number;
  /** Set only where the engine was seen to enforce it, for example `32m`. */
  layerQuota?: string;
  /** Whether the engine has seccomp; without it the gate keeps sandboxes off. */
  seccomp: boolean;
}

/** The policy of an engine nothing is known about yet. */
export const plainHost: HostPolicy = { memory: limits.memory, seccomp: true };

/** A spec that no container is made from. Programs build specs, so this is a fault of ours and never a learner's. */
export class SpecError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SpecError";
  }
}

/** The request body for a new container: every field that is ever sent, and nothing besides. */
export type CreatePayload = ReturnType<typeof createPayload>;

/**
 * Sleeps for ever without holding zombies or dying by `kill -9 -1`; the main process of every pooled sandbox. It lets go of its output: whoever wrote
 * there would keep the engine busy with it.
 */
export const idleCommand = [
  "sh",
  "-c",
  "trap : TERM INT; exec </dev/null >/dev/null 2>&1; while :; do sleep 3600 & wait $!; done",
];
/** What it consists of: the shell and its `sleep`. */
export const idleProcesses = 2;

/**
 * Builds the request for a container from its spec. Nothing is copied through: each field is written here, so a field without a
 * line below cannot be sent. Throws {@link SpecError}.
 */
export function createPayload(spec: ContainerSpec, host: HostPolicy = plainHost) {
  checkSpec(spec);
  const ownUser = spec.runAs === undefined || spec.runAs === "own";
  const uid = limits.firstUid + spec.slot;
  const memory = lower(spec.memory, host.memory, limits.memoryFloor);
  return {
    name: spec.name,
    Image: spec.image,
    ...(spec.command && { Cmd: [...spec.command] }),
    ...(spec.entrypoint && { Entrypoint: [...spec.entrypoint] }),
    ...(ownUser && { User: `${uid}:${uid}` }),
    ...(typeof spec.runAs === "object" && { User: spec.runAs.user }),
    ...(spec.env && { Env: Object.entries(spec.env).map(([name, value]) => `${name}=${value}`) }),
    ...(spec.workingDir && { WorkingDir: spec.workingDir }),
    ...(spec.hostname && { Hostname: spec.hostname }),
    NetworkDisabled: true,
    Tty: false,
    OpenStdin: spec.stdin ?? false,
    StdinOnce: spec.stdin ?? false,
    AttachStdin: spec.stdin ?? false,
    AttachStdout: false,
    AttachStderr: false,
    StopSignal: spec.stopSignal ?? (spec.purpose === "pool" ? "SIGKILL" : "SIGTERM"),
    ...(spec.purpose === "pool" && { StopTimeout: 1 }),
    ...(spec.stopSeconds !== undefined && { StopTimeout: spec.stopSeconds }),
    Labels: labelsOf(spec),
    HostConfig: {
      NetworkMode: "none",
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges=true", ...(host.seccomp ? [`seccomp=${seccompProfile(ownUser)}`] : [])],
      ReadonlyRootfs: spec.readOnly ?? false,
      Memory: memory,
      MemorySwap: memory,
      NanoCpus: Math.round(lower(spec.cpus, limits.cpus, 0.01) * 1e9),
      CpuShares: limits.cpuShares,
      PidsLimit: host.runtime === "runsc" ? limits.pidsRunsc : lower(spec.pids, limits.pids, 1),
      Ulimits: [
        { Name: "nofile", Soft: limits.openFiles, Hard: limits.openFiles },
        { Name: "fsize", Soft: limits.fileSize, Hard: limits.fileSize },
        { Name: "core", Soft: 0, Hard: 0 },
        { Name: "memlock", Soft: 0, Hard: 0 },
      ],
      ...(spec.tmp && { Tmpfs: { "/tmp": `size=${limits.tmpfs},nr_inodes=1k,mode=1777,nosuid,nodev,noexec` } }),
      IpcMode: "none",
      CgroupnsMode: "private" as const,
      Init: false,
      LogConfig: spec.logs
        ? { Type: "local", Config: { "max-size": limits.logs, "max-file": "1", compress: "false" } }
        : { Type: "none", Config: {} },
      RestartPolicy: { Name: "no" },
      AutoRemove: false,
      OomScoreAdj: 500,
      MaskedPaths: maskedPaths,
      ReadonlyPaths: readonlyPaths,
      ...(host.layerQuota && { StorageOpt: { size: host.layerQuota } }),
      ...(host.runtime && { Runtime: host.runtime }),
    },
  };
}

/** The engine's own list and, besides, what only tells about the host. */
const maskedPaths = [
  "/proc/acpi",
  "/proc/asound",
  "/proc/cmdline",
  "/proc/config.gz",
  "/proc/interrupts",
  "/proc/kallsyms",
  "/proc/kcore",
  "/proc/keys",
  "/proc/latency_stats",
  "/proc/modules",
  "/proc/sched_debug",
  "/proc/scsi",
  "/proc/timer_list",
  "/proc/timer_stats",
  "/sys/devices/virtual/powercap",
  "/sys/firmware",
];
const readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

/** Prefix of every label of this program; learners can set none that begins with it. */
export const labelPrefix = "tutor.";

function labelsOf(spec: ContainerSpec): Record<string, string> {
  return {
    ...spec.labels,
    [`${labelPrefix}instance`]: spec.instance,
    [`${labelPrefix}purpose`]: spec.purpose,
    [`${labelPrefix}slot`]: String(spec.slot),
    ...(spec.process !== undefined && { [`${labelPrefix}process`]: spec.process }),
    ...(spec.owner !== undefined && { [`${labelPrefix}owner`]: spec.owner }),
  };
}

function lower(wanted: number | undefined, most: number, least: number): number {
  if (wanted === undefined || !Number.isFinite(wanted) || wanted <= 0) return most;
  return Math.max(least, Math.min(most, wanted));
}

const shape = {
  name: /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/,
  image: /^[a-zA-Z0-9][a-zA-Z0-9_./:@-]{0,254}$/,
  user: /^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,31}(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,31})?$/,
  hostname: /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/,
  variable: /^[a-zA-Z_][a-zA-Z0-9_.-]{0,127}$/,
  label: /^[a-zA-Z0-9][a-zA-Z0-9_./-]{0,127}$/,
  signal: /^(SIG)?[A-Z0-9+]{1,12}$/,
};

function checkSpec(spec: ContainerSpec): void {
  const need = (holds: boolean, what: string): void => {
    if (!holds) throw new SpecError(`not a container spec: ${what}`);
  };
  need(shape.name.test(spec.name), "name");
  need(shape.image.test(spec.image), "image");
  need(Number.isInteger(spec.slot) && spec.slot >= 0 && spec.slot < limits.slots, "slot");
  if (typeof spec.runAs === "object") need(shape.user.test(spec.runAs.user), "user");
  if (spec.hostname !== undefined) need(shape.hostname.test(spec.hostname), "hostname");
  if (spec.workingDir !== undefined) need(spec.workingDir.startsWith("/"), "working directory");
  if (spec.stopSignal !== undefined) need(shape.signal.test(spec.stopSignal), "stop signal");
  if (spec.stopSeconds !== undefined)
    need(Number.isInteger(spec.stopSeconds) && Math.abs(spec.stopSeconds) <= 60, "stop time");
  for (const name of Object.keys(spec.env ?? {})) need(shape.variable.test(name), "name of a variable");
  for (const key of Object.keys(spec.labels ?? {}))
    need(shape.label.test(key) && !key.toLowerCase().startsWith(labelPrefix), "label");
  const texts = [
    ...(spec.command ?? []),
    ...(spec.entrypoint ?? []),
    ...Object.entries(spec.env ?? {}).flat(),
    ...Object.entries(spec.labels ?? {}).flat(),
    spec.workingDir ?? "",
    spec.owner ?? "",
    spec.process ?? "",
  ];
  need(
    texts.every((one) => !one.includes("\0")),
    "no NUL bytes",
  );
  need(texts.reduce((sum, one) => sum + Buffer.byteLength(one), 0) <= limits.specBytes, "too long");
}
