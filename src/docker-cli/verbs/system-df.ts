import { z } from "zod";
import { humanSize } from "../human.ts";
import { ownBytes } from "../own-bytes.ts";
import { defineLine } from "../session.ts";
import { alignTable } from "../table.ts";

export const systemDf = defineLine({
  name: "system df",
  usage: "docker system df",
  summary: "Show how much disk your things use",
  flags: z.object({}),
  args: [0, 0],
  async run(_given, session) {
    const containers = await session.holdings.containers({ size: true });
    const images = await session.holdings.images();
    const all = await session.holdings.images({ all: true });
    const used = new Set(containers.map(({ imageId }) => imageId));
    const shared = Math.max(0, ...images.filter(({ own }) => !own).map(({ size }) => size));
    const free = all.filter(({ id }) => !used.has(id));
    const written = containers.reduce((sum, { sizeRw = 0 }) => sum + sizeRw, 0);
    const stopped = containers.filter(({ state }) => state !== "running" && state !== "paused");
    const row = (type: string, total: number, active: number, size: number, spare: number) => {
      const share = size > 0 ? ` (${Math.floor((spare * 100) / size)}%)` : "";
      return [type, String(total), String(active), humanSize(size, 4), humanSize(spare, 4) + share];
    };
    const rows = [
      ["TYPE", "TOTAL", "ACTIVE", "SIZE", "RECLAIMABLE"],
      row(
        "Images",
        images.length,
        images.filter(({ id }) => used.has(id)).length,
        shared + ownBytes(all),
        ownBytes(free),
      ),
      row(
        "Containers",
        containers.length,
        containers.length - stopped.length,
        written,
        stopped.reduce((sum, { sizeRw = 0 }) => sum + sizeRw, 0),
      ),
      row("Local Volumes", 0, 0, 0, 0),
      row("Build Cache", 0, 0, 0, 0),
    ];
    for (const line of alignTable(rows)) session.out.line(line);
    return 0;
  },
});
