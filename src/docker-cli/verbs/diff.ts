import { z } from "zod";
import { findContainer } from "../each.ts";
import { defineLine } from "../session.ts";

export const diff = defineLine({
  name: "diff",
  also: ["container diff"],
  usage: "docker diff CONTAINER",
  summary: "Inspect changes to files or directories on a container's filesystem",
  flags: z.object({}),
  args: [1, 1],
  completes: "container",
  async run({ args: [typed = ""] }, session) {
    const { id } = await findContainer(session, typed);
    // The engine's own order is random between siblings.
    const changes = (await session.engine.containers.changes(id)).sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const { kind, path } of changes) session.out.line(`${kind} ${path}`);
    return 0;
  },
});
