import { z } from "zod";
import { words, yes } from "../flags.ts";
import { humanSize } from "../human.ts";
import { LineRefusal } from "../line-refusal.ts";
import { defineLine } from "../session.ts";

export const containerPrune = defineLine({
  name: "container prune",
  usage: "docker container prune [OPTIONS]",
  summary: "Remove all stopped containers",
  flags: z.object({ force: yes("f"), filter: words() }),
  args: [0, 0],
  async run({ flags }, session) {
    if (flags.filter.length)
      throw new LineRefusal(
        "`docker container prune` takes no filter here; it removes all your stopped containers.",
        "disk-cleanup",
      );
    const stopped = (await session.holdings.containers({ size: true })).filter(
      ({ main, state }) => !main && (state === "exited" || state === "created" || state === "dead"),
    );
    let freed = 0;
    const gone: string[] = [];
    for (const { id, sizeRw = 0 } of stopped) {
      await session.engine.containers.remove(id);
      gone.push(id);
      freed += sizeRw;
    }
    if (gone.length) session.out.line(["Deleted Containers:", ...gone, ""].join("\n"));
    session.out.line(`Total reclaimed space: ${humanSize(freed, 4)}`);
    if (!flags.force) session.note("The real program asks “Are you sure?” first, unless you say `-f`.");
    return 0;
  },
});
