/** A line that was not run: what it asked for, why that is not possible here, and the card that tells more. */
export class LineRefusal extends Error {
  /** The id of a concept card. */
  readonly concept: string | undefined;

  constructor(message: string, concept?: string) {
    super(message);
    this.name = "LineRefusal";
    this.concept = concept;
  }
}

/** What the `docker` program would print to standard error, and its exit code. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = "CliError";
    this.exitCode = exitCode;
  }
}

/** The engine's answer as the program prints it. */
export function daemonError(detail: string, exitCode = 1): CliError {
  return new CliError(`Error response from daemon: ${detail}`, exitCode);
}
