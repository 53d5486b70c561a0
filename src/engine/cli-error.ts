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
