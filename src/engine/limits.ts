const MB = 1024 * 1024;

/** Every number a sandbox is held to; the only place where they are written down. Bytes and milliseconds. */
export const limits = {
  /** Memory of one container, swap included. On an engine whose layers live in memory, `memoryOnTmpfs`. */
  memory: 64 * MB,
  memoryOnTmpfs: 96 * MB,
  /** What an operator may give at most; a learner can only ask for less. */
  memoryFloor: 8 * MB,
  cpus: 0.5,
  cpuShares: 128,
  pids: 64,
  /** gVisor's own threads count too. */
  pidsRunsc: 256,
  openFiles: 256,
  fileSize: 16 * MB,
  /** The writable layer. */
  layer: 32 * MB,
  /** Files in it, changed ones included. */
  layerFiles: 5000,
  /** The largest writable layer that may become an image. */
  commit: 16 * MB,
  tmpfs: 8 * MB,
  logs: "256k",
  /** What a main process may write at once and each second, bytes; lines and writes count a little besides. */
  mainOutput: 3 * MB,
  mainOutputRate: 256 * 1024,
  /** One command line. */
  commandSeconds: 10,
  commandWall: 12_000,
  output: 64 * 1024,
  /** Starting over all learners; so many less one of those who use much. */
  commandsAtOnce: 4,
  commandLength: 4000,
  /** Everything in a container's command, environment and labels together. */
  specBytes: 32 * 1024,
  /** A learner's containers besides the sandbox itself, and images. */
  containersPerLearner: 6,
  imagesPerLearner: 12,
  idle: 20 * 60_000,
  absolute: 60 * 60_000,
  warning: 2 * 60_000,
  extension: 20 * 60_000,
  /** Container uids start here, one per sandbox. */
  firstUid: 20_000,
  slots: 4000,
} as const;
