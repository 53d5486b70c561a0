import { z } from "zod";
import type { Process } from "../../engine/engine.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { findContainer } from "../each.ts";
import { LineRefusal } from "../line-refusal.ts";
import { defineLine, type Session } from "../session.ts";
import { alignTable } from "../table.ts";

export const top = defineLine({
  name: "top",
  also: ["container top"],
  usage: "docker top CONTAINER [ps OPTIONS]",
  summary: "Display the running processes of a container",
  flags: z.object({}),
  args: [1, 20],
  interspersed: false,
  completes: "container",
  async run({ args: [typed = "", ...options] }, session) {
    // The engine hands these to `ps` on its host, so only what picks columns goes there.
    const wanted = options.join(" ");
    if (wanted && !/^(-?[aux]{1,3}|-ef|-o [a-z,%]{1,60})$/.test(wanted))
      throw new LineRefusal(
        "`docker top` takes `aux`, `-ef` or `-o pid,user,args` here, since the host's own `ps` reads them.",
      );
    const { id } = await findContainer(session, typed);
    const { titles, rows } = await topOf(session, id, wanted || undefined);
    // `docker top` alone uses columns of at least twenty.
    for (const line of alignTable([titles, ...rows], 20)) session.out.line(line);
    return 0;
  },
});

async function topOf(session: Session, id: string, options: string | undefined): Promise<Process> {
  try {
    return await session.engine.containers.top(id, options);
  } catch (error) {
    if (!isEngineError(error, "too-large")) throw error;
    throw new LineRefusal("The commands of this container's processes are longer than a chat can show.");
  }
}
