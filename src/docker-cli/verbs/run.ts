import { z } from "zod";
import { CliError } from "../../engine/cli-error.ts";
import { createFlags, createOwn } from "../create-own.ts";
import { yes } from "../flags.ts";
import { noTerminal, runForeground } from "../foreground.ts";
import { defineLine } from "../session.ts";
import { startOwn } from "../start-own.ts";

export const run = defineLine({
  name: "run",
  also: ["container run"],
  usage: "docker run [OPTIONS] IMAGE [COMMAND] [ARG...]",
  summary: "Create and run a new container from an image",
  flags: z.object({ ...createFlags.shape, detach: yes("d") }),
  args: [1, Number.POSITIVE_INFINITY],
  interspersed: false,
  completes: "image",
  async run({ flags, args }, session) {
    noTerminal(flags, session);
    let starting = false;
    try {
      const { id, shown } = await createOwn(flags, args, session);
      starting = true;
      if (!flags.detach) return await runForeground(session, id, shown, { remove: flags.rm, attach: flags.attach });
      session.out.line(id);
      await startOwn(session, id, flags.rm);
      return 0;
    } catch (error) {
      if (!(error instanceof CliError) || /^(docker: |invalid argument)/.test(error.message)) throw error;
      const [, image] = /No such image: (.+)$/.exec(error.message) ?? [];
      if (image !== undefined) {
        session.out.line(`Unable to find image '${image}' locally`);
        session.note(
          "The real program would fetch it from a registry now; a sandbox has no network. `docker images` lists what is here.",
        );
      }
      throw new CliError(
        `docker: ${error.message}\n\nRun 'docker run --help' for more information`,
        starting ? startCode(error.message) : 125,
      );
    }
  },
});

/** What the real program makes of a program that cannot be started: https://docs.docker.com/reference/cli/docker/container/run/#exit-status */
function startCode(said: string): number {
  if (/executable file not found|no such file or directory/.test(said)) return 127;
  return /permission denied|is a directory/.test(said) ? 126 : 125;
}
