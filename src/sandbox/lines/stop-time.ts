import type { OwnContainer, Session } from "./session.ts";

const longest = 10;

/** Seconds to wait before a container is killed; undefined for its own setting. Says so when it was cut. */
export function stopTime(wanted: number | undefined, session: Session): number | undefined {
  if (wanted === undefined) return undefined;
  if (wanted <= longest && wanted >= 0) return wanted;
  session.note(`A chat waits ${longest} seconds at most, so that is the time it got.`);
  return longest;
}

/** Tells that a stopped container did not listen, since here it gets less time than Docker's ten seconds. */
export async function noteKilled(session: Session, { id, shown, main }: OwnContainer): Promise<void> {
  if (main) return;
  const { state } = await session.engine.containers.inspect(id);
  if (state.exitCode === 137 && !state.running)
    session.note(
      `\`${shown}\` did not end on SIGTERM, so it was killed: exit code 137. Docker waits ten seconds before that; a sandbox waits one, unless you say \`-t\`.`,
    );
}
