import { z } from "zod";
import { findImage } from "../each.ts";
import { word, yes } from "../flags.ts";
import { ago, humanSize } from "../human.ts";
import { type Row, renderRows } from "../rows.ts";
import { isScratchStep } from "../scratch.ts";
import { defineLine } from "../session.ts";
import { ellipsis, shortId } from "../table.ts";

const headers = {
  ID: "IMAGE",
  CreatedSince: "CREATED",
  CreatedAt: "CREATED AT",
  CreatedBy: "CREATED BY",
  Size: "SIZE",
  Comment: "COMMENT",
};

export const history = defineLine({
  name: "history",
  also: ["image history"],
  usage: "docker history [OPTIONS] IMAGE",
  summary: "Show the history of an image",
  flags: z.object({ format: word(), human: yes("H"), "no-trunc": yes(), quiet: yes("q"), platform: word() }),
  args: [1, 1],
  completes: "image",
  async run({ flags, args: [typed = ""] }, session) {
    const whole = flags["no-trunc"];
    const { id } = await findImage(session, typed);
    const history = await session.engine.images.history(id);
    const rows = history
      .filter(({ createdBy }) => !isScratchStep(createdBy))
      .map((step): Row => {
        const createdBy = step.createdBy.replaceAll("\t", " ");
        return {
          ID: whole || step.id === "<missing>" ? step.id : shortId(step.id),
          CreatedAt: new Date(step.createdAt).toISOString().replace(/\.\d+/, ""),
          CreatedBy: whole ? createdBy : ellipsis(createdBy, 45),
          CreatedSince: ago(step.createdAt, session.now()),
          Size: humanSize(step.size),
          Comment: step.comment,
        };
      });
    const columns = ["ID", "CreatedSince", "CreatedBy", "Size", "Comment"];
    const lines =
      flags.quiet && !flags.format
        ? rows.map(({ ID }) => String(ID))
        : renderRows(rows, { format: flags.format, columns, headers, type: "*formatter.historyContext" });
    for (const line of lines) session.out.line(line);
    return 0;
  },
});
