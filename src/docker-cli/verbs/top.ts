import { z } from "zod";
import { findContainer } from "../each.ts";
import { LineRefusal } from "../line-refusal.ts";
import { defineLine } from "../session.ts";

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
    const { titles, rows } = await session.engine.containers.top(id, wanted || undefined);
    for (const line of alignTop([titles, ...rows])) session.out.line(line);
    return 0;
  },
});

/** `docker top` alone uses columns of at least twenty. */
function alignTop(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.slice(0, -1).forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 20, cell.length + 3);
    });
  return rows.map((row) =>
    row.map((cell, index) => (index < row.length - 1 ? cell.padEnd(widths[index] ?? 0) : cell)).join(""),
  );
}
