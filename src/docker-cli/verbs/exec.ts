import { z } from "zod";
import type { Wait } from "../../sandbox/room/places.ts";
import { endWords, waitWords } from "../../sandbox/shown-output.ts";
import { checkWorkdir, refuseLinkedWorkdir } from "../check-workdir.ts";
import { checkUser, readEnv } from "../create-own.ts";
import { findContainer, nameAsTyped } from "../each.ts";
import { word, words, yes } from "../flags.ts";
import { noTerminal } from "../foreground.ts";
import { defineLine } from "../session.ts";

export const exec = defineLine({
  name: "exec",
  also: ["container exec"],
  usage: "docker exec [OPTIONS] CONTAINER COMMAND [ARG...]",
  summary: "Execute a command in a running container",
  flags: z.object({
    detach: yes("d"),
    env: words("e"),
    interactive: yes("i"),
    tty: yes("t"),
    user: word("u"),
    workdir: word("w"),
  }),
  args: [2, Number.POSITIVE_INFINITY],
  interspersed: false,
  completes: "container",
  async run({ flags, args: [typed = "", ...command] }, session) {
    noTerminal(flags, session);
    const { id } = await findContainer(session, typed);
    if (flags.workdir?.startsWith("/")) await refuseLinkedWorkdir(session, id, flags.workdir);
    const request = {
      signal: session.signal,
      asker: { person: session.owner, workspace: session.workspace },
      onWait: (wait: Wait) => session.note(waitWords(wait)),
      ...(flags.user !== undefined && { user: checkUser(flags.user) }),
      ...(flags.workdir !== undefined && { workingDir: checkWorkdir(flags.workdir) }),
      ...(flags.env.length > 0 && { env: readEnv(flags.env) }),
      ...(flags.interactive && session.input !== undefined && { stdin: Buffer.from(session.input) }),
    };
    if (flags.detach) {
      await nameAsTyped(
        session,
        id,
        typed,
        session.engine.exec.start(id, { command, ...request }, () => {}),
      );
      session.host.watch(id, session.owner);
      return 0;
    }
    const result = await nameAsTyped(session, id, typed, session.host.runIn(id, command, request));
    session.host.watch(id, session.owner);
    session.out.pieces(result.pieces);
    if (result.stoppedBy || result.background) session.note(endWords(result));
    return result.exitCode ?? 137;
  },
});
