import { z } from "zod";
import { findContainer, forEachName } from "./each.ts";
import { number, word } from "./flags.ts";
import type { OwnContainer, Session } from "./session.ts";

/** What `docker stop` and `docker restart` share. */
export const stopFlags = z.object({ timeout: number("t"), time: number(), signal: word("s") });

const longest = 10;

/**
 * Ends each container in its own way and prints its name. `end` gets the seconds to wait before a container is killed, undefined for the
 * container's own setting. Resolves with the exit code.
 */
export async function stopEach(
  typed: readonly string[],
  flags: z.output<typeof stopFlags>,
  session: Session,
  end: (found: OwnContainer, seconds: number | undefined) => Promise<void>,
): Promise<number> {
  const seconds = stopTime(flags.timeout ?? flags.time, session);
  if (flags.signal !== undefined)
    session.note("Every container here gets its own stop signal first; `docker kill -s` sends another one.");
  const { exitCode } = await forEachName(session, typed, async (name) => {
    await end(await findContainer(session, name), seconds);
    return name;
  });
  return exitCode;
}

/** Says so when the time was cut. */
function stopTime(wanted: number | undefined, session: Session): number | undefined {
  if (wanted === undefined) return undefined;
  if (wanted <= longest && wanted >= 0) return wanted;
  session.note(`A chat waits ${longest} seconds at most, so that is the time it got.`);
  return longest;
}
