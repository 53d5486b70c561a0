import { z } from "zod";
import { word } from "../flags.ts";
import { inspectAll } from "../inspect-own.ts";
import { defineLine } from "../session.ts";

export const imageInspect = defineLine({
  name: "image inspect",
  usage: "docker image inspect [OPTIONS] IMAGE [IMAGE...]",
  summary: "Display detailed information on one or more images",
  flags: z.object({ format: word("f") }),
  args: [1, 20],
  completes: "image",
  run: ({ flags, args }, session) => inspectAll(session, args, "image-only", { format: flags.format, size: false }),
});
