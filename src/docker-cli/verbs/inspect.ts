import { z } from "zod";
import { CliError } from "../../engine/cli-error.ts";
import { word, yes } from "../flags.ts";
import { inspectAll } from "../inspect-own.ts";
import { defineLine } from "../session.ts";

export const inspect = defineLine({
  name: "inspect",
  usage: "docker inspect [OPTIONS] NAME|ID [NAME|ID...]",
  summary: "Return low-level information on Docker objects",
  flags: z.object({ format: word("f"), size: yes("s"), type: word() }),
  args: [1, 20],
  completes: "container",
  run: ({ flags, args }, session) => {
    if (flags.type !== undefined && flags.type !== "container" && flags.type !== "image")
      throw new CliError(`${JSON.stringify(flags.type)} is not a valid value for --type`);
    return inspectAll(session, args, flags.type ?? "any", { format: flags.format, size: flags.size });
  },
});
