import type { ContainerSpec } from "../engine/container-spec.ts";
import type { Engine } from "../engine/engine.ts";
import { limits } from "../engine/limits.ts";
import { createNames, type Names } from "../engine/names.ts";
import { labelPrefix } from "../engine/policy.ts";
import { type CommandResult, runCommand } from "../engine/run-command.ts";
import type { RunInOptions } from "../sandbox/service.ts";

/** A container's spec without what the service adds. */
export type LineSpec = Omit<ContainerSpec, "instance" | "process">;

/** An image everybody may start from, by the name they know. */
export interface SharedImage {
  name: string;
  /** `sha256:…` */
  id: string;
}

/** What docker lines need of the sandbox service. */
export interface LinesHost {
  engine: Engine;
  shared(): SharedImage[];
  createContainer(spec: LineSpec): Promise<string>;
  /** The label filters that find an owner's containers and images. */
  labelsOf(owner: string): string[];
  imageLabels(owner: string): Record<string, string>;
  /** How an owner's names look to the engine. */
  namesOf(owner: string): Names;
  /** Runs a command in a running container under the caps. */
  runIn(container: string, command: readonly string[], options?: RunInOptions): Promise<CommandResult>;
  /** Keeps an eye on a container's writable layer and its output while it runs. */
  watch(container: string, owner: string): void;
  /** Notes that something of this owner had to be stopped by a limit. */
  offend(owner: string): void;
  /** What happened to an owner's containers since they were last told, in sentences; names are the engine's. */
  takeNews(owner: string): string[];
}

/** Docker lines straight on an engine, without learners' sandboxes: for recording and for tests. */
export function createPlainHost(engine: Engine, instance: string, shared: SharedImage[]): LinesHost {
  const own = (owner: string) => ({ [`${labelPrefix}instance`]: instance, [`${labelPrefix}owner`]: owner });
  return {
    engine,
    shared: () => shared,
    createContainer: (spec) => engine.containers.create({ ...spec, instance }),
    labelsOf: (owner) => Object.entries(own(owner)).map(([key, value]) => `${key}=${value}`),
    imageLabels: own,
    namesOf: (owner) => createNames(instance, owner),
    runIn: (container, command, { signal, asker: _, onWait: __, ...request } = {}) =>
      runCommand(engine, container, { command, ...request }, { most: limits.output, ...(signal && { signal }) }),
    watch() {},
    offend() {},
    takeNews: () => [],
  };
}
