import { z } from "zod";
import { pauseEach } from "../pause-each.ts";
import { defineLine } from "../session.ts";

export const pause = defineLine({
  name: "pause",
  also: ["container pause"],
  usage: "docker pause CONTAINER [CONTAINER...]",
  summary: "Pause all processes within one or more containers",
  flags: z.object({}),
  args: [1, 20],
  completes: "container",
  run: ({ args }, session) => pauseEach(args, session, true),
});
