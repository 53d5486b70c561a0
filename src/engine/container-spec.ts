/** What a container is there for. Sandboxes come from the pool; lines are a learner's own `docker run`. */
export type Purpose = "pool" | "line" | "build" | "canary";

/** As whom a container runs: a user of its own that nobody else has, the image's user, or a named one inside the image. */
export type RunAs = "own" | "image" | { user: string };

/**
 * Everything that can be said about a new container. There is no field for mounts, devices, ports, capabilities, namespaces,
 * or any other way out, so no input can ask for one.
 */
export interface ContainerSpec {
  name: string;
  /** Id or reference of an image that is already there. */
  image: string;
  purpose: Purpose;
  /** This program's id on the engine, by which leftovers are found. */
  instance: string;
  /** The process that made it, so that another one does not take it for a leftover. */
  process?: string;
  /** The learner a cold container belongs to. */
  owner?: string;
  /** Decides the container's uid; one per sandbox. */
  slot: number;
  /** Default `own`. */
  runAs?: RunAs;
  command?: readonly string[];
  entrypoint?: readonly string[];
  env?: Record<string, string>;
  workingDir?: string;
  hostname?: string;
  labels?: Record<string, string>;
  /** Keep what the main process prints, for `docker logs`. */
  logs?: boolean;
  /** Keep standard input open, for `docker run -i`. */
  stdin?: boolean;
  /** Nothing may be written to the image's files. */
  readOnly?: boolean;
  /** A small /tmp in memory. */
  tmp?: boolean;
  /** Bytes; only ever lowers the limit. */
  memory?: number;
  /** Only ever lowers the limit. */
  cpus?: number;
  /** Only ever lowers the limit. */
  pids?: number;
  /** How `docker stop` ends it. Sandboxes are killed at once; what a learner runs is asked first. */
  stopSignal?: string;
  stopSeconds?: number;
}
