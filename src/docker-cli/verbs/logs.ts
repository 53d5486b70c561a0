import { z } from "zod";
import { findContainer } from "../each.ts";
import { word, yes } from "../flags.ts";
import { patienceOf } from "../foreground.ts";
import { readMoment } from "../read-moment.ts";
import { defineLine } from "../session.ts";

export const logs = defineLine({
  name: "logs",
  also: ["container logs"],
  usage: "docker logs [OPTIONS] CONTAINER",
  summary: "Fetch the logs of a container",
  flags: z.object({
    details: yes(),
    follow: yes("f"),
    since: word(),
    tail: word("n"),
    timestamps: yes("t"),
    until: word(),
  }),
  args: [1, 1],
  completes: "container",
  async run({ flags, args: [typed = ""] }, session) {
    const { id, state, shown } = await findContainer(session, typed);
    // What is no number means all of it, as with the real program.
    const tail = /^\d{1,9}$/.test(flags.tail ?? "") ? Number(flags.tail) : undefined;
    const output = await session.engine.containers.logs(
      id,
      {
        timestamps: flags.timestamps,
        ...(tail !== undefined && { tail }),
        ...(flags.since !== undefined && { since: readMoment(flags.since, session.now()) }),
        ...(flags.until !== undefined && { until: readMoment(flags.until, session.now()) }),
        ...(flags.follow && state === "running" && { follow: true }),
      },
      session.out.sink,
    );
    const cut = Promise.withResolvers<"cut">();
    session.out.onFull(() => {
      output.detach();
      cut.resolve("cut");
    });
    const result = await Promise.race([output.ended, cut.promise, patienceOf(session)]);
    output.detach();
    if (result === "late")
      session.note(
        `\`${shown}\` may print more; a chat follows for ${Math.round(session.patience / 1000)} seconds. Ask again for what came since.`,
      );
    return 0;
  },
});
