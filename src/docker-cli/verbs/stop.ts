import { defineLine, type OwnContainer, type Session } from "../session.ts";
import { stopEach, stopFlags } from "../stop-each.ts";

export const stop = defineLine({
  name: "stop",
  also: ["container stop"],
  usage: "docker stop [OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Stop one or more running containers",
  flags: stopFlags,
  args: [1, 20],
  completes: "container",
  run: ({ flags, args }, session) =>
    stopEach(args, flags, session, async (found, seconds) => {
      await session.engine.containers.stop(found.id, seconds);
      if (found.state === "running") await noteKilled(session, found);
    }),
});

/** Tells that a stopped container did not listen, since here it gets less time than Docker's ten seconds. */
async function noteKilled(session: Session, { id, shown, main }: OwnContainer): Promise<void> {
  if (main) return;
  const { state } = await session.engine.containers.inspect(id);
  if (state.exitCode === 137 && !state.running)
    session.note(
      `\`${shown}\` did not end on SIGTERM, so it was killed: exit code 137. Docker waits ten seconds before that; a sandbox waits one, unless you say \`-t\`.`,
    );
}
