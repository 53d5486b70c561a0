/** What went wrong, as far as anybody can act on it. */
export type EngineErrorKind =
  | "not-found"
  /** A name that is taken, or a state that does not allow it. */
  | "conflict"
  /** The image has containers or other images on it. */
  | "in-use"
  | "not-running"
  /** The container's command could not be started: no such program, not executable. */
  | "no-program"
  | "refused"
  | "too-large"
  /** The engine does not answer, or stopped in the middle. */
  | "unreachable"
  | "failed";

const meaning: Record<EngineErrorKind, string> = {
  "not-found": "the engine has nothing of that name",
  conflict: "the engine says that this is in the way of something else",
  "in-use": "it is in use",
  "not-running": "the container is not running",
  "no-program": "the program could not be started",
  refused: "the engine refused the request",
  "too-large": "it is larger than allowed",
  unreachable: "the Docker engine does not answer",
  failed: "the engine failed",
};

/** The only error the engine port throws. `message` is safe to show; `detail` is the engine's own text, with internal names. */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  readonly detail: string;

  constructor(kind: EngineErrorKind, detail = "", cause?: unknown) {
    super(meaning[kind], { cause });
    this.name = "EngineError";
    this.kind = kind;
    this.detail = detail;
  }
}

/** Whether an error is an engine error of one of the kinds. */
export function isEngineError(error: unknown, ...kinds: EngineErrorKind[]): error is EngineError {
  return error instanceof EngineError && (kinds.length === 0 || kinds.includes(error.kind));
}

/** For what is removed: what is gone already, or still in use by something that goes later, is left. Throws every other error. */
export function ignoreGone(error: unknown): void {
  if (!isEngineError(error, "not-found", "conflict", "in-use", "failed")) throw error;
}
