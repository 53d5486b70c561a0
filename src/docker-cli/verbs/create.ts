import { createFlags, createOwn } from "../create-own.ts";
import { defineLine } from "../session.ts";

export const create = defineLine({
  name: "create",
  also: ["container create"],
  usage: "docker create [OPTIONS] IMAGE [COMMAND] [ARG...]",
  summary: "Create a new container without starting it",
  flags: createFlags,
  args: [1, Number.POSITIVE_INFINITY],
  interspersed: false,
  completes: "image",
  async run({ flags, args }, session) {
    session.out.line((await createOwn(flags, args, session)).id);
    return 0;
  },
});
