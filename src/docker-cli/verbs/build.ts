import { z } from "zod";
import { CliError } from "../../engine/cli-error.ts";
import { readReference, withTag } from "../../engine/names.ts";
import { buildOwn } from "../build/build-own.ts";
import { checkLabel } from "../create-own.ts";
import { word, words, yes } from "../flags.ts";
import { LineRefusal } from "../line-refusal.ts";
import { defineLine } from "../session.ts";

export const build = defineLine({
  name: "build",
  also: ["image build", "builder build"],
  usage: "docker build [OPTIONS] PATH | URL | -",
  summary: "Build an image from a Dockerfile that is sent along",
  flags: z.object({
    "build-arg": words(),
    "force-rm": yes(),
    label: words(),
    "no-cache": yes(),
    quiet: yes("q"),
    rm: yes(),
    tag: words("t"),
    target: word(),
  }),
  args: [1, 1],
  async run({ flags, args: [place = ""] }, session) {
    const names = flags.tag.map((typed) => {
      try {
        return readReference(typed);
      } catch (error) {
        if (error instanceof CliError)
          throw new CliError(`invalid argument ${JSON.stringify(typed)} for "-t, --tag" flag: ${error.message}`, 125);
        throw error;
      }
    });
    if (place !== "-" && place !== ".")
      throw new LineRefusal(
        "There are no folders of yours on this side, and nothing is fetched. Send the Dockerfile along: `docker build -t name - <<EOF`, its lines, `EOF`.",
        "dockerfile-build",
      );
    if (session.input === undefined)
      throw new LineRefusal(
        "Send the Dockerfile along: `docker build -t name - <<EOF`, its lines, and a last line `EOF`; or put it into a fenced block under the line.",
        "dockerfile-build",
      );
    const print = (line: string) => {
      if (!flags.quiet) session.out.line(line);
    };
    const quiet = flags.quiet ? { ...session, out: { ...session.out, sink: () => {} } } : session;
    print("Sending build context to Docker daemon  2.048kB");
    const id = await buildOwn(quiet, {
      source: session.input,
      args: new Map(flags["build-arg"].map((pair) => splitPair(pair))),
      labels: Object.fromEntries(
        flags.label.map((pair) => {
          const [key, value] = splitPair(pair);
          checkLabel(key);
          return [key, value];
        }),
      ),
      target: flags.target,
      useCache: !flags["no-cache"],
      cache: session.buildCache,
      print,
    });
    for (const name of names)
      await session.engine.images.tag(id, session.names.image({ repository: name.repository }), name.tag ?? "latest");
    if (flags.quiet) session.out.line(id);
    print(`Successfully built ${id.replace("sha256:", "").slice(0, 12)}`);
    for (const name of names) print(`Successfully tagged ${withTag(name)}`);
    return 0;
  },
});

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf("=");
  return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
}
