import { z } from "zod";
import { readReference, withTag } from "../../engine/names.ts";
import { changesOf } from "../commit-changes.ts";
import { commitOwn } from "../commit-own.ts";
import { findContainer } from "../each.ts";
import { word, words, yes } from "../flags.ts";
import { defineLine } from "../session.ts";

export const commit = defineLine({
  name: "commit",
  also: ["container commit"],
  usage: "docker commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
  summary: "Create a new image from a container's changes",
  flags: z.object({ author: word("a"), change: words("c"), message: word("m"), pause: yes("p") }),
  args: [1, 2],
  completes: "container",
  async run({ flags, args: [typed = "", name] }, session) {
    const reference = name === undefined ? undefined : readReference(name);
    const container = await findContainer(session, typed);
    const id = await commitOwn(session, container.id, {
      ...(reference && { reference: withTag(reference) }),
      ...(flags.message !== undefined && { comment: flags.message.slice(0, 500) }),
      ...(flags.author !== undefined && { author: flags.author.slice(0, 200) }),
      settings: changesOf(flags.change),
    });
    session.out.line(id);
    return 0;
  },
});
