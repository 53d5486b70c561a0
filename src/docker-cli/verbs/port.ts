import { z } from "zod";
import { CliError } from "../../engine/cli-error.ts";
import { findContainer } from "../each.ts";
import { defineLine } from "../session.ts";

export const port = defineLine({
  name: "port",
  also: ["container port"],
  usage: "docker port CONTAINER [PRIVATE_PORT[/PROTO]]",
  summary: "List port mappings of a container; in a sandbox there are none",
  flags: z.object({}),
  args: [1, 2],
  completes: "container",
  async run({ args: [typed = "", wanted] }, session) {
    await findContainer(session, typed);
    session.note("No port of a container here is published, so the list is empty.");
    if (wanted !== undefined)
      throw new CliError(`no public port '${wanted.includes("/") ? wanted : `${wanted}/tcp`}' published for ${typed}`);
    return 0;
  },
});
