import { z } from "zod";
import type { Change } from "../../engine/engine.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { findContainer } from "../each.ts";
import { LineRefusal } from "../line-refusal.ts";
import { defineLine, type Session } from "../session.ts";

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
    const changes = (await changesOf(session, id)).sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const { kind, path } of changes) session.out.line(`${kind} ${path}`);
    return 0;
  },
});

async function changesOf(session: Session, id: string): Promise<Change[]> {
  try {
    return await session.engine.containers.changes(id);
  } catch (error) {
    if (!isEngineError(error, "too-large")) throw error;
    throw new LineRefusal(
      "This container has more changed files than a chat can list. Delete some of them, or remove the container.",
      "writable-layer",
    );
  }
}
