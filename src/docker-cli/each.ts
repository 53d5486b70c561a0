import { CliError, daemonError } from "../engine/cli-error.ts";
import { EngineError } from "../engine/engine-error.ts";
import { inEngineWords } from "./engine-words.ts";
import { NotHere, type OwnContainer } from "./holdings.ts";
import { LineRefusal } from "./line-refusal.ts";
import type { Session } from "./session.ts";

/** The learner's container of that name. Throws {@link CliError} in the engine's words when there is none. */
export async function findContainer(session: Session, typed: string): Promise<OwnContainer> {
  try {
    return await session.holdings.container(typed);
  } catch (error) {
    if (error instanceof NotHere && error.many) throw daemonError(`Multiple IDs found with provided prefix: ${typed}`);
    if (error instanceof NotHere) throw daemonError(`No such container: ${typed}`);
    throw error;
  }
}

/** The learner's image of that name, or a shared one. Throws {@link CliError} in the engine's words when there is none. */
export async function findImage(session: Session, typed: string) {
  try {
    return await session.holdings.image(typed);
  } catch (error) {
    if (error instanceof NotHere) throw daemonError(`No such image: ${taggedOrId(typed)}`);
    throw error;
  }
}

/** The engine names a missing image with its tag. */
export function taggedOrId(typed: string): string {
  return typed.includes(":") || typed.includes("@") ? typed : `${typed}:latest`;
}

/** What the engine said, with this learner's names. */
export function engineText(session: Session, error: EngineError): string {
  return session.names.scrub(error.detail || error.message);
}

/** Does one thing to each name and prints it, as `docker stop a b` does; one that fails is told and does not stop the rest. */
export async function forEachName(
  session: Session,
  typed: readonly string[],
  act: (name: string) => Promise<string | undefined>,
): Promise<{ exitCode: number; failed: string[] }> {
  const failed: string[] = [];
  const complaints: string[] = [];
  for (const name of typed) {
    if (session.signal.aborted) break;
    try {
      const shown = await act(name);
      if (shown !== undefined) session.out.line(shown);
    } catch (error) {
      failed.push(name);
      if (error instanceof CliError) complaints.push(error.message);
      else if (error instanceof EngineError && error.kind !== "unreachable")
        complaints.push(daemonError(engineText(session, error)).message);
      else throw error;
    }
  }
  for (const complaint of complaints) session.out.line(await inEngineWords(session.engine, complaint));
  return { exitCode: failed.length ? 1 : 0, failed };
}

/** Stops what would take the learner's sandbox away behind the back of the commands that look after it. */
export function refuseMain(container: OwnContainer, verb: string): void {
  if (container.main)
    throw new LineRefusal(
      `\`${container.shown}\` is your sandbox itself, so \`docker ${verb}\` leaves it alone. \`sandbox stop\` and \`sandbox reset\` look after it.`,
    );
}

/** Where the engine repeats the id it was asked for, the real program's answer has what was typed. Throws {@link CliError}. */
export async function nameAsTyped<T>(session: Session, id: string, typed: string, asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind === "unreachable") throw error;
    throw daemonError(
      engineText(session, error).replace(
        /([Cc]annot kill container: |cannot remove container "|Container )([0-9a-f]{64})(?=: |": | is paused)/,
        (whole, said: string, found: string) => (found === id ? said + typed : whole),
      ),
    );
  }
}
