import { z } from "zod";
import { filterImages } from "../filter-images.ts";
import { word, words, yes } from "../flags.ts";
import { ago, goTime, humanSize } from "../human.ts";
import { type Row, renderRows } from "../rows.ts";
import { defineLine, type OwnImage } from "../session.ts";
import { shortId } from "../table.ts";

const headers = {
  ID: "IMAGE ID",
  Repository: "REPOSITORY",
  Tag: "TAG",
  Digest: "DIGEST",
  CreatedSince: "CREATED",
  CreatedAt: "CREATED AT",
  Size: "SIZE",
  Containers: "CONTAINERS",
  VirtualSize: "SIZE",
  SharedSize: "SHARED SIZE",
  UniqueSize: "UNIQUE SIZE",
};

export const images = defineLine({
  name: "images",
  also: ["image ls", "image list"],
  usage: "docker images [OPTIONS] [REPOSITORY[:TAG]]",
  summary: "List images",
  flags: z.object({
    all: yes("a"),
    digests: yes(),
    filter: words("f"),
    format: word(),
    "no-trunc": yes(),
    quiet: yes("q"),
  }),
  args: [0, 1],
  completes: "image",
  async run({ flags, args }, session) {
    const images = await filterImages(await session.holdings.images({ all: flags.all }), flags.filter, args[0]);
    const rows = images.flatMap(({ image, names }) =>
      (names.length ? names : ["<none>:<none>"]).map((name) => rowOf(image, name, session.now(), flags["no-trunc"])),
    );
    const columns = ["Repository", "Tag", ...(flags.digests ? ["Digest"] : []), "ID", "CreatedSince", "Size"];
    const lines =
      flags.quiet && !flags.format
        ? [...new Set(rows.map(({ ID }) => String(ID)))]
        : renderRows(rows, { format: flags.format, columns, headers, type: "*formatter.imageContext" });
    for (const line of lines) session.out.line(line);
    return 0;
  },
});

function rowOf(image: OwnImage, name: string, now: number, whole: boolean): Row {
  const colon = name.lastIndexOf(":");
  return {
    ID: whole ? image.id : shortId(image.id),
    Repository: name.slice(0, colon),
    Tag: name.slice(colon + 1),
    Digest: "<none>",
    CreatedSince: ago(image.createdAt, now),
    CreatedAt: goTime(image.createdAt),
    Size: humanSize(image.size),
    Containers: "N/A",
    VirtualSize: humanSize(image.size, 4),
    SharedSize: "N/A",
    UniqueSize: "N/A",
  };
}
