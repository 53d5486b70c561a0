import Docker from "dockerode";
import { createContainers } from "./docker/containers.ts";
import { readEndpoint } from "./docker/endpoint.ts";
import { createExec } from "./docker/exec.ts";
import { createImages } from "./docker/images.ts";
import { createSystem } from "./docker/system.ts";
import type { Engine } from "./engine.ts";
import { type HostPolicy, plainHost } from "./policy.ts";

export interface DockerOptions {
  /** `DOCKER_HOST`, `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH`; default: the process's own. */
  environment?: Record<string, string | undefined>;
}

/** A Docker Engine, and the policy its containers are made by, which the probes of the start may tighten. */
export interface DockerEngine extends Engine {
  setPolicy(policy: HostPolicy): void;
}

/** Opens no connection yet. Throws an Error in plain words when `DOCKER_HOST` cannot be used. */
export function createDocker({ environment = process.env }: DockerOptions = {}): DockerEngine {
  const { label, options } = readEndpoint(environment);
  const docker = new Docker(options);
  let policy: HostPolicy = plainHost;
  return {
    host: label,
    containers: createContainers(docker, () => policy),
    exec: createExec(docker),
    images: createImages(docker),
    system: createSystem(docker),
    setPolicy: (next) => {
      policy = next;
    },
  };
}
