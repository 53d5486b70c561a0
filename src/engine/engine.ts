import type { Readable } from "node:stream";
import type { ContainerSpec } from "./container-spec.ts";
import type { Images } from "./engine-images.ts";

/** JSON as the engine sent it, for `docker inspect`. */
export type EngineJson = Record<string, unknown>;

export type Source = "stdout" | "stderr";

/** Receives output as it arrives; the bytes are only valid during the call. */
export type Sink = (source: Source, bytes: Uint8Array) => void;

/** A running stream of output. */
export interface Output {
  /** Resolves when the stream has ended, for whatever reason; never rejects. */
  ended: Promise<void>;
  /** Stops reading, so that the writer blocks. */
  pause(): void;
  resume(): void;
  /** Stops listening. What runs goes on running. */
  detach(): void;
}

export interface ContainerState {
  status: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  running: boolean;
  oomKilled: boolean;
  exitCode: number;
  error: string;
  /** Milliseconds since the epoch; 0 for never. */
  startedAt: number;
  finishedAt: number;
}

export interface ContainerDetails {
  id: string;
  /** Without the leading slash. */
  name: string;
  imageId: string;
  createdAt: number;
  state: ContainerState;
  labels: Record<string, string>;
  /** Bytes of the writable layer; only where it was asked for. */
  sizeRw?: number;
  raw: EngineJson;
}

export interface ContainerSummary {
  id: string;
  name: string;
  /** The reference it was created by, and the image's id. */
  image: string;
  imageId: string;
  command: string;
  createdAt: number;
  state: ContainerState["status"];
  /** As `docker ps` says it, for example `Up 2 minutes`. */
  status: string;
  labels: Record<string, string>;
  sizeRw?: number;
  sizeRootFs?: number;
  raw: EngineJson;
}

export interface ListOptions {
  /** Default true: stopped ones too. */
  all?: boolean;
  size?: boolean;
  /** `key` or `key=value`, all of which must match. */
  labels?: string[];
  ids?: string[];
}

export interface Change {
  kind: "A" | "C" | "D";
  path: string;
}

/** What a container's main process ended with. */
export interface Exit {
  code: number;
}

/** The settings of a new image; what is left out is taken from the container's image. */
export interface ImageSettings {
  env?: string[];
  cmd?: string[];
  entrypoint?: string[];
  user?: string;
  workingDir?: string;
  labels?: Record<string, string>;
  exposedPorts?: string[];
}

export interface CommitOptions {
  /** `repository:tag`; none makes an image without a name. */
  reference?: string;
  comment?: string;
  author?: string;
  /** What history shows as the step, and the settings of the image. */
  settings?: ImageSettings;
}

export interface LogOptions {
  /** The last so many lines. */
  tail?: number;
  timestamps?: boolean;
  /** Milliseconds since the epoch. */
  since?: number;
  until?: number;
  follow?: boolean;
}

export interface Process {
  titles: string[];
  rows: string[][];
}

/** A file or folder inside a container. */
export interface PathStat {
  name: string;
  folder: boolean;
  size: number;
  /** Where a link leads in the end, from the container's root. */
  link?: string;
}

export interface Containers {
  /** Makes a container from typed input, the only kind there is. Resolves with its id. */
  create(spec: ContainerSpec): Promise<string>;
  start(id: string): Promise<void>;
  /** `seconds` until it is killed. */
  stop(id: string, seconds?: number): Promise<void>;
  kill(id: string, signal?: string): Promise<void>;
  restart(id: string, seconds?: number): Promise<void>;
  /** Freezes all processes of a container until `unpause`. */
  pause(id: string): Promise<void>;
  unpause(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** Removes it with its anonymous volumes. `force` kills it first. */
  remove(id: string, options?: { force?: boolean }): Promise<void>;
  /** Raises the memory limit, so that a full container can be removed. */
  setMemory(id: string, bytes: number): Promise<void>;
  inspect(id: string, options?: { size?: boolean }): Promise<ContainerDetails>;
  list(options?: ListOptions): Promise<ContainerSummary[]>;
  logs(id: string, options: LogOptions, sink: Sink): Promise<Output>;
  /** Output of the main process from now on; attach before start to miss nothing. */
  attach(id: string, sink: Sink, options?: { stdin?: Uint8Array }): Promise<Output>;
  /** Throws `too-large` when a megabyte of paths has changed. */
  changes(id: string): Promise<Change[]>;
  /** Throws `too-large` when the commands have a megabyte together. */
  top(id: string, psArgs?: string): Promise<Process>;
  /** How many processes and threads it has, as its control group counts them. */
  processes(id: string): Promise<number>;
  wait(id: string, until?: "not-running" | "next-exit"): Promise<Exit>;
  /** Resolves with the new image's id. */
  commit(id: string, options: CommitOptions): Promise<string>;
  /** What is at `path`; a link is followed. Throws `not-found`. */
  stat(id: string, path: string): Promise<PathStat>;
  /** A tar archive put at `path`; one that is made while it is read may break, which rejects with what broke it. */
  copyIn(id: string, path: string, tar: Uint8Array | Readable): Promise<void>;
  /** A tar archive of `path`. Throws `too-large` past `most` bytes. */
  copyOut(id: string, path: string, most: number): Promise<Uint8Array>;
  /** The same as it comes, for whoever counts its bytes while reading. */
  streamOut(id: string, path: string): Promise<NodeJS.ReadableStream>;
}

export interface ExecRequest {
  command: readonly string[];
  user?: string;
  env?: Record<string, string>;
  workingDir?: string;
  stdin?: Uint8Array;
}

export interface ExecState {
  running: boolean;
  /** Null while it runs. */
  exitCode: number | null;
}

export interface RunningExec {
  output: Output;
  inspect(): Promise<ExecState>;
}

export interface Exec {
  /** Starts a command in a running container; never privileged, never with a terminal. */
  start(container: string, request: ExecRequest, sink: Sink): Promise<RunningExec>;
}

export interface EngineInfo {
  name: string;
  version: string;
  memoryLimit: boolean;
  pidsLimit: boolean;
  cpuQuota: boolean;
  cgroupDriver: string;
  cgroupVersion: string;
  storageDriver: string;
  dataRoot: string;
  securityOptions: string[];
  runtimes: string[];
  defaultRuntime: string;
  cpus: number;
  memory: number;
  containersRunning: number;
  raw: EngineJson;
}

export interface EngineEvent {
  type: string;
  action: string;
  id: string;
  attributes: Record<string, string>;
  at: number;
}

export interface System {
  /** Resolves when the engine answers. */
  ping(): Promise<void>;
  info(): Promise<EngineInfo>;
  version(): Promise<EngineJson>;
  /** Calls back for each event until the returned function is called; `onEnd` when the engine ends the stream. */
  events(filters: Record<string, string[]>, on: (event: EngineEvent) => void, onEnd: () => void): Promise<() => void>;
}

/** A Docker Engine, as far as sandboxes need one. Every method throws `EngineError` and nothing else. */
export interface Engine {
  /** Which engine this is; a sandbox remembers it. */
  readonly host: string;
  containers: Containers;
  exec: Exec;
  images: Images;
  system: System;
}
