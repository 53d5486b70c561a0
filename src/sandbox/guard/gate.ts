import type { Engine, EngineInfo } from "../../engine/engine.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { limits } from "../../engine/limits.ts";
import { type HostPolicy, idleCommand } from "../../engine/policy.ts";
import { endTree, runCommand } from "../../engine/run-command.ts";
import { packTar } from "../../engine/tar-files.ts";
import { rightsCodes, rightsPrograms } from "./rights-program.ts";
import { type Trial, trialSpec } from "./trial.ts";

/** Why sandboxes are off, in one sentence for everybody. */
export class GateError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "GateError";
  }
}

/** Whether it is Podman, which answers at a Docker API, too: only its answer tells what it builds images with. */
export function isPodman({ raw }: EngineInfo): boolean {
  return typeof raw.BuildahVersion === "string";
}

/** Reads what the engine says it can limit. Throws {@link GateError} with the first thing that is missing. */
export function checkInfo(info: EngineInfo, runtime?: string): void {
  const need = (holds: boolean, lack: string): void => {
    if (!holds) throw new GateError(`Sandboxes are off: this Docker engine ${lack}.`);
  };
  if (isPodman(info))
    throw new GateError(
      `Sandboxes are off: this is Podman ${info.version}, not Docker. Its Docker API does not take the list of system calls that each sandbox is held to.`,
    );
  need(info.memoryLimit, "cannot limit memory");
  need(info.pidsLimit, "cannot limit processes");
  need(info.cpuQuota, "cannot limit processor time");
  need(info.cgroupDriver !== "none", "has no control groups, so no limit would hold");
  need(
    info.securityOptions.some((one) => one.startsWith("name=seccomp")),
    "cannot filter system calls (no seccomp)",
  );
  need(
    runtime === undefined || info.runtimes.includes(runtime),
    `has no runtime called ${runtime ?? ""} (SANDBOX_RUNTIME)`,
  );
}

/**
 * Starts one real container and tries to break its limits; an engine may accept limits, show them, and not apply them. Resolves
 * when every one held and the container is gone again. Throws {@link GateError}, or EngineError when the engine fails.
 */
export async function runCanary(engine: Engine, policy: HostPolicy, trial: Trial): Promise<void> {
  const id = await engine.containers.create({ ...trialSpec("canary", trial), command: idleCommand });
  try {
    const { entries, command } = rightsPrograms();
    await engine.containers.copyIn(id, "/", await packTar(entries));
    await engine.containers.start(id);
    const sh = (line: string) => runTrial(engine, id, line);
    const rights = (await sh("cat /proc/self/status; id -u; echo routes; tail -n +2 /proc/net/route")).said;
    const lacks = (holds: boolean, what: string): void => {
      if (!holds) throw new GateError(`Sandboxes are off: in a test container ${what}.`);
    };
    lacks(/^CapEff:\s*0+$/m.test(rights), "a process still had special rights");
    // gVisor does not say it, and what is said may not be so: a program that belongs to root tries to become root.
    const gained = (await sh(command)).exitCode;
    const said = /^NoNewPrivs:\s*(\d)$/m.exec(rights)?.[1];
    lacks(gained !== rightsCodes.root && said !== "0", "a process could gain rights");
    lacks(gained === rightsCodes.none || said === "1", "it could not be tried whether a process gains rights");
    lacks(policy.runtime === "runsc" || /^Seccomp:\s*2$/m.test(rights), "system calls were not filtered");
    lacks(
      new RegExp(`^${limits.firstUid + limits.slots - 1}$`, "m").test(rights),
      "the user was not the one asked for",
    );
    lacks(rights.trimEnd().endsWith("routes"), "there was a network");
    const reach = await sh("nc -w 2 1.1.1.1 53 </dev/null || wget -q -T 2 -O /dev/null http://1.1.1.1/");
    lacks(reach.exitCode !== 0, "the network could be reached");
    const greedy = await sh(`dd if=/dev/zero of=/dev/null bs=${2 * policy.memory} count=1`);
    lacks(greedy.exitCode !== 0, `the memory limit of ${policy.memory / 1024 / 1024} MB did not hold`);
    await endTree(engine, id);
    const many = await sh(`i=0; while [ $i -lt ${2 * limits.pidsRunsc} ]; do sleep 60 & i=$((i+1)); done; echo all`);
    lacks(!many.said.includes("all"), "the limit on processes did not hold");
  } finally {
    await engine.containers.remove(id, { force: true }).catch(ignoreMissing);
  }
  const left = await engine.containers.list({ ids: [id] });
  if (left.length) throw new GateError("Sandboxes are off: a test container could not be removed.");
}

/** Runs a line in a container that is there to try something. */
export async function runTrial(engine: Engine, id: string, line: string) {
  const { pieces, exitCode } = await runCommand(engine, id, { command: ["sh", "-c", line] });
  return { said: pieces.map(({ text }) => text).join(""), exitCode };
}

function ignoreMissing(error: unknown): void {
  if (!isEngineError(error, "not-found")) throw error;
}
