import { z } from "zod";
import { pauseEach } from "../pause-each.ts";
import { defineLine } from "../session.ts";

export const unpause = defineLine({
  name: "unpause",
  also: ["container unpause"],
  usage: "docker unpause CONTAINER [CONTAINER...]",
  summary: "Unpause all processes within one or more containers",
  flags: z.object({}),
  args: [1, 20],
  completes: "container",
  run: ({ args }, session) => pauseEach(args, session, false),
});
