import { type Finding, fail, ok, warn } from "../core/checks/finding.ts";
import { createDocker, type DockerEngine } from "../engine/docker.ts";
import type { EngineInfo } from "../engine/engine.ts";
import { checkInfo, GateError, isPodman, runCanary } from "../sandbox/guard/gate.ts";
import { ImageError, prepareImage } from "../sandbox/guard/image.ts";
import { probeQuota, quotaWords } from "../sandbox/guard/quota.ts";
import type { OwnCheck, OwnSurroundings } from "./own-check.ts";

const guide = "docs/operating.md, The engine for sandboxes";
/** Older engines lack what the sandboxes are built on; this is the oldest that the tests run on. */
const oldestEngine = [20, 10];
/** The same name each time, so that a look which was cut short leaves nothing that the next one does not remove. */
const instance = "bakehouse-doctor";

/** Looks for the engine and for what it can limit, then starts one restricted container as the bot does and tries to break its limits. */
export const checkDocker: OwnCheck = async (surroundings) => {
  const { config, environment } = surroundings;
  if (config.SANDBOX_TOTAL === 0) return [ok("docker", "sandboxes are turned off by SANDBOX_TOTAL=0")];
  const host = config.DOCKER_HOST;
  const engine = open({ ...environment, ...(host && { DOCKER_HOST: host }) });
  if (!("system" in engine)) return [engine];
  try {
    await engine.system.ping();
  } catch {
    return [
      fail(
        "docker",
        `no Docker engine answers at ${engine.host}`,
        "There are no sandboxes, no labs and no live proofs; answers, quizzes and recorded proofs work.",
        `Start Docker there, let this user open its socket, or set DOCKER_HOST to another engine (${guide}). If you want none, set SANDBOX_TOTAL=0.`,
      ),
    ];
  }
  const info = await engine.system.info();
  const exposed = checkAddress(host);
  return [...checkEngine(info, engine.host), ...exposed, ...(await checkSandbox(engine, info, surroundings))];
};

function open(environment: Record<string, string | undefined>): DockerEngine | Finding {
  try {
    return createDocker({ environment });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return fail("docker", message, "The engine cannot be reached, so there are no sandboxes.", `See ${guide}.`);
  }
}

function checkEngine(info: EngineInfo, host: string): Finding[] {
  if (isPodman(info))
    return [
      warn(
        "docker",
        `Podman ${info.version} answers at ${host}, not Docker`,
        "It speaks most of Docker's API, but does not take the list of system calls that each sandbox is held to, so there are no sandboxes, no labs and no live proofs.",
        `Set DOCKER_HOST to a Docker Engine (${guide}). If you want no sandboxes, set SANDBOX_TOTAL=0.`,
      ),
    ];
  const [major = 0, minor = 0] = info.version.split(".").map(Number);
  const [oldMajor = 0, oldMinor = 0] = oldestEngine;
  const findings: Finding[] =
    major < oldMajor || (major === oldMajor && minor < oldMinor)
      ? [
          warn(
            "docker",
            `Docker ${info.version} at ${host} is older than ${oldestEngine.join(".")}`,
            "Bakehouse was not tried with it.",
            "Update Docker.",
          ),
        ]
      : [ok("docker", `Docker ${info.version} at ${host}, control groups ${info.cgroupVersion}`)];
  const apart = info.securityOptions.some((one) => /^name=(userns|rootless)/.test(one));
  if (!apart) {
    findings.push(
      warn(
        "docker users",
        "neither user namespaces nor rootless mode",
        "A user of a container has the same number on the host, so a hole in the kernel reaches further.",
        `Give the bot an engine of its own with \`userns-remap\` (${guide}).`,
      ),
    );
  }
  return findings;
}

function checkAddress(host: string | undefined): Finding[] {
  if (!host || !/^(tcp|http):/.test(host) || process.env.DOCKER_TLS_VERIFY) return [];
  if (/\/\/(127\.|localhost|\[::1\])/.test(host)) return [];
  return [
    fail(
      "docker address",
      "DOCKER_HOST goes over the network without TLS",
      "Whoever reaches that port owns that machine.",
      "Use ssh://user@host, or set DOCKER_TLS_VERIFY=1 with DOCKER_CERT_PATH.",
    ),
  ];
}

async function checkSandbox(engine: DockerEngine, info: EngineInfo, { config }: OwnSurroundings): Promise<Finding[]> {
  const runtime = config.SANDBOX_RUNTIME;
  const findings: Finding[] = [];
  try {
    checkInfo(info, runtime);
    const image = await prepareImage(engine, { base: config.CAKE_BASE });
    const sum = image.id.replace("sha256:", "").slice(0, 12);
    findings.push(ok("sandbox image", `${image.reference} (${sum})${image.built ? ", built just now" : ""}`));
    const { quota, policy, ignored } = await probeQuota(engine, engine.setPolicy, info, {
      image: image.id,
      instance,
      runtime,
    });
    findings.push(
      quota === "watchdog"
        ? warn(
            "sandbox disk",
            `the disk limit of a sandbox is ${quotaWords[quota]}${ignored ? " (it takes one and ignores it, as a test container showed)" : ""}`,
            "A fast writer can take some hundred megabytes for a moment.",
            `Keep space free, or use an engine with a disk quota (${guide}).`,
          )
        : ok("sandbox disk", `the disk limit of a sandbox is ${quotaWords[quota]}`),
    );
    await runCanary(engine, policy, { image: image.id, instance });
    const memory = policy.memory / 1024 / 1024;
    findings.push(
      ok(
        "sandbox limits",
        `a test container started, had no network, was ended at ${memory} MB and at its limit of processes, and was removed`,
      ),
    );
  } catch (error) {
    findings.push(sandboxTrouble(error));
  }
  return findings;
}

function sandboxTrouble(error: unknown): Finding {
  const off = "Sandboxes, labs and live proofs stay off; everything else works.";
  if (error instanceof ImageError) {
    return fail(
      "sandbox image",
      withoutAddresses(error.detail),
      off,
      "Let the engine reach docker.io once, install busybox-static on this machine, or set CAKE_BASE to a local image with busybox.",
    );
  }
  if (error instanceof GateError) {
    return fail("sandbox limits", error.message, off, `Use a Docker Engine that applies its limits (${guide}).`);
  }
  const said = error instanceof Error ? error.message : String(error);
  return fail(
    "sandbox limits",
    `a test container could not be run: ${said}`,
    off,
    "Look into the engine's own log, then look again.",
  );
}

/** The doctor is read in chats, too: how the host's network is laid out stays in the log. */
function withoutAddresses(said: string): string {
  return said
    .replace(/ on (?:\[[\da-f:.%]+\]|[\d.]+):\d+/gi, "")
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?:->)?/g, "an address");
}
