import { z } from "zod";
import { word, yes } from "../flags.ts";
import { inspectAll } from "../inspect-own.ts";
import { defineLine } from "../session.ts";

export const containerInspect = defineLine({
  name: "container inspect",
  usage: "docker container inspect [OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Display detailed information on one or more containers",
  flags: z.object({ format: word("f"), size: yes("s") }),
  args: [1, 20],
  completes: "container",
  run: ({ flags, args }, session) => inspectAll(session, args, "container-only", flags),
});
