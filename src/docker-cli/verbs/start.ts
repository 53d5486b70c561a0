import { z } from "zod";
import { CliError } from "../../engine/cli-error.ts";
import { findContainer, forEachName } from "../each.ts";
import { yes } from "../flags.ts";
import { noTerminal, runForeground } from "../foreground.ts";
import { removeOnExit } from "../own-labels.ts";
import { defineLine } from "../session.ts";
import { checkStart, startOwn } from "../start-own.ts";

export const start = defineLine({
  name: "start",
  also: ["container start"],
  usage: "docker start [OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Start one or more stopped containers",
  flags: z.object({ attach: yes("a"), interactive: yes("i") }),
  args: [1, 20],
  completes: "container",
  async run({ flags, args }, session) {
    if (flags.attach || flags.interactive) {
      const [typed = "", ...more] = args;
      if (more.length) throw new CliError("you cannot start and attach multiple containers at once");
      noTerminal({ interactive: flags.interactive, tty: false }, session);
      const found = await findContainer(session, typed);
      await checkStart(session, found);
      return runForeground(session, found.id, found.shown, { remove: removeOnExit(found.labels) });
    }
    const { exitCode, failed } = await forEachName(session, args, async (typed) => {
      const found = await findContainer(session, typed);
      await checkStart(session, found);
      await startOwn(session, found.id, removeOnExit(found.labels));
      return typed;
    });
    if (failed.length) session.out.line(`Error: failed to start containers: ${failed.join(", ")}`);
    return exitCode;
  },
});
