import type { Person, Place } from "../core/context.ts";
import type { ContainerSpec } from "../engine/container-spec.ts";
import type { Change, Engine } from "../engine/engine.ts";
import type { Names } from "../engine/names.ts";
import type { CommandResult } from "../engine/run-command.ts";
import type { Quota } from "./guard/quota.ts";
import type { Asker, Wait } from "./room/places.ts";

declare module "../core/context.ts" {
  interface Services {
    /** Real containers. Absent where the program runs without them. */
    sandboxes?: Sandboxes;
  }
}

/** Whether sandboxes can be used now; `why` is a sentence for everybody. */
export type Readiness = { state: "ready" } | { state: "preparing" | "away" | "off"; why: string };

/** A learner's sandbox as it is now. Times in milliseconds since the epoch. */
export interface SandboxView {
  learner: string;
  name: string;
  container: string;
  /** The image's id, `sha256:…`, and the name learners know it by. */
  image: string;
  imageName: string;
  startedAt: number;
  /** When it ends if nothing more is done. */
  endsAt: number;
  /** When it ends however much it is used. */
  latestAt: number;
  /** Whether *Keep 20 min more* was used. */
  extended: boolean;
}

/** News while a sandbox is being started; the last one is `ready`. */
export type StartNews =
  | { state: "preparing"; why: string }
  | { state: "queued"; ahead: number; about: number }
  | { state: "ready"; view: SandboxView; reused: boolean; notice?: string };

/** A finished command and what must be said besides. */
export interface RunOutcome {
  view: SandboxView;
  result: CommandResult;
  /** Whether the sandbox was started for this command. */
  started: boolean;
  /** Something that happened to the sandbox and has not been told yet. */
  notice?: string;
}

/** What this container really has, read back from the engine. */
export interface RealLimits {
  view: SandboxView;
  memory: number;
  swap: number;
  cpus: number;
  pids: number;
  openFiles: number;
  fileSize: number;
  user: string;
  network: string;
  capabilities: string;
  filtered: boolean;
  quota: Quota;
  layer: number;
  layerUsed: number;
}

/** The containers a learner makes by `docker` lines, and what they are made with. */
export interface Workbench {
  /** Whose they are; goes into `ContainerSpec.owner`. */
  owner: string;
  slot: number;
  /** The sandbox, when there is one. */
  sandbox?: SandboxView;
}

/** A workbench for a demonstration: nobody's, and gone with everything on it when released. */
export interface Borrowed extends Workbench {
  release(): Promise<void>;
}

export interface Sandboxes {
  engine: Engine;
  readiness(): Readiness;
  /** Resolves when the first checks of the engine have ended, whichever way. */
  settled: Promise<void>;
  /** The shared image: its id and the name learners use. */
  image(): { id: string; name: string };
  /** The names of the images learners may start from, the shared one first. */
  imageNames(): string[];
  /** The same with their ids. */
  images(): { name: string; id: string }[];
  quota(): Quota;

  start(person: Person, place: Place, options?: { image?: string; signal?: AbortSignal }): AsyncIterable<StartNews>;
  /** Runs one line in the learner's sandbox, starting one if there is room. */
  run(person: Person, place: Place, line: string, options?: RunOptions): Promise<RunOutcome>;
  find(learner: string): Promise<SandboxView | undefined>;
  /** Why the learner's last sandbox is gone, and when that was. */
  past(learner: string): Promise<{ why: string; at: number } | undefined>;
  limits(learner: string): Promise<RealLimits>;
  changes(learner: string): Promise<{ view: SandboxView; changes: Change[] }>;
  extend(learner: string): Promise<SandboxView>;
  /** A new container of the same image; resolves with how many changes are gone. */
  reset(learner: string): Promise<{ view: SandboxView; lost: number }>;
  /** Removes everything the learner has; `why` is told when they ask. False when there was nothing. */
  stop(learner: string, why?: string): Promise<boolean>;
  /** A moderator stops the sandbox of `person` (a mention, an id or a display name) in the same workspace, who is told by whom. Resolves with their name. */
  stopOther(moderator: Person, place: Place, person: string): Promise<string>;

  /** Asks `asked` (a display name or an id, in the same workspace) to compare; resolves with the offer's id. */
  offer(person: Person, place: Place, asked: string): Promise<{ id: string; asked: SandboxView }>;
  /** The asked person agrees: both sandboxes, the asker's first. */
  agree(person: Person, place: Place, offer: string): Promise<[SandboxView, SandboxView]>;
  changesOf(view: SandboxView): Promise<Change[]>;

  /** The learner's place for `docker` lines; counts as use. */
  workbench(person: Person, place: Place): Promise<Workbench>;
  /** A workbench for a demonstration. */
  borrow(name: string): Promise<Borrowed>;
  /** Creates a container on a workbench; a `line` counts against the learner's cap. Throws EngineError, in the engine's words. */
  createContainer(spec: Omit<ContainerSpec, "instance" | "process">): Promise<string>;
  /** The label filters that find a workbench's containers and images. */
  labelsOf(owner: string): string[];
  /** The label an image must carry to be removed with its owner's things. */
  imageLabels(owner: string): Record<string, string>;
  /** How an owner's names look to the engine. */
  namesOf(owner: string): Names;
  /** One command at a time per learner: waits for the learner's last one, refuses the third. */
  exclusively<T>(learner: string, work: () => Promise<T>): Promise<T>;
  /** Runs a command in any container under the caps, when it is its asker's turn. */
  runIn(container: string, command: readonly string[], options?: RunInOptions): Promise<CommandResult>;
  /** Keeps an eye on a container's writable layer and its output while it runs. */
  watch(container: string, owner: string): void;
  /** Notes that something of this owner had to be stopped by a limit: after several they rest before the next. */
  offend(owner: string): void;
  /** What happened to an owner's containers since they were last told, in sentences; names are the engine's. */
  takeNews(owner: string): string[];
  /** Whether the kernel killed something in a container for want of memory since a moment. */
  ranOutOfMemory(container: string, since: number): boolean;
  /** Called when a learner's things are being removed, before the containers are. */
  onEnd(effect: (owner: string) => Promise<void>): void;

  /** Removes the pool; with `keep` learners' containers stay for the next start, else everything goes. */
  close(options?: { keep?: boolean }): Promise<void>;
}

export interface RunOptions {
  signal?: AbortSignal;
  /** Called at most once, when the command has to wait for its turn. */
  onWait?(wait: Wait): void;
}

export interface RunInOptions extends RunOptions {
  /** Whose places it takes; without one the container's. */
  asker?: Asker;
  user?: string;
  env?: Record<string, string>;
  workingDir?: string;
  stdin?: Uint8Array;
}

/** Settings of the service; times in milliseconds. */
export interface SandboxSettings {
  /** Sandboxes at once, over all and per workspace. */
  total: number;
  perWorkspace: number;
  /** Containers kept warm. */
  pool: number;
  launches: number;
  /** Replaces the pinned public base of the shared image. */
  base?: string;
  /** Further images by the name learners use; values are references with a digest. */
  images?: Record<string, string>;
  runtime?: string;
  idle: number;
  absolute: number;
}
