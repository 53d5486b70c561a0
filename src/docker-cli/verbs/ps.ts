import { z } from "zod";
import { filterContainers } from "../filter-containers.ts";
import { number, word, words, yes } from "../flags.ts";
import { ago, goTime, humanSize } from "../human.ts";
import { shownLabels } from "../own-labels.ts";
import { type Row, renderRows } from "../rows.ts";
import { defineLine, type OwnContainer, type Session } from "../session.ts";
import { ellipsis, shortId } from "../table.ts";

const headers = {
  ID: "CONTAINER ID",
  Image: "IMAGE",
  Command: "COMMAND",
  CreatedAt: "CREATED AT",
  RunningFor: "CREATED",
  Status: "STATUS",
  State: "STATE",
  Ports: "PORTS",
  Names: "NAMES",
  Size: "SIZE",
  Labels: "LABELS",
  Mounts: "MOUNTS",
  LocalVolumes: "LOCAL VOLUMES",
  Networks: "NETWORKS",
  Platform: "PLATFORM",
};

export const ps = defineLine({
  name: "ps",
  also: ["container ls", "container ps", "container list"],
  usage: "docker ps [OPTIONS]",
  summary: "List containers",
  flags: z.object({
    all: yes("a"),
    filter: words("f"),
    format: word(),
    last: number("n"),
    latest: yes("l"),
    "no-trunc": yes(),
    quiet: yes("q"),
    size: yes("s"),
  }),
  args: [0, 0],
  async run({ flags }, session) {
    const most = flags.latest ? 1 : (flags.last ?? -1);
    const all = flags.all || most > 0 || flags.filter.some((one) => /^(status|exited)=/.test(one));
    const size = flags.size || /\.Size\b/.test(flags.format ?? "");
    const found = await filterContainers(await session.holdings.containers({ all, size }), flags.filter, session);
    const rows = found.slice(0, most > 0 ? most : undefined).map((one) => rowOf(one, session, flags["no-trunc"]));
    const columns = [
      "ID",
      "Image",
      "Command",
      "RunningFor",
      "Status",
      "Ports",
      "Names",
      ...(flags.size ? ["Size"] : []),
    ];
    const lines =
      flags.quiet && !flags.format
        ? rows.map(({ ID }) => String(ID))
        : renderRows(rows, { format: flags.format, columns, headers, type: "*formatter.ContainerContext" });
    for (const line of lines) session.out.line(line);
    return 0;
  },
});

function rowOf(one: OwnContainer, session: Session, whole: boolean): Row {
  const labels = shownLabels(one.labels);
  const command = `"${whole ? one.command : ellipsis(one.command, 20)}"`;
  const image = shownImage(one, session);
  const virtual = one.sizeRootFs ? ` (virtual ${humanSize(one.sizeRootFs)})` : "";
  return {
    ID: whole ? one.id : shortId(one.id),
    Image: whole || shortId(image) !== shortId(one.imageId) ? image : shortId(image),
    Command: command,
    CreatedAt: goTime(one.createdAt),
    RunningFor: ago(one.createdAt, session.now()),
    Status: one.status,
    State: one.state,
    Ports: "",
    Names: one.shown,
    Size: `${humanSize(one.sizeRw ?? 0)}${virtual}`,
    Labels: Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(","),
    Label: (key) => (Object.hasOwn(labels, key) ? (labels[key] ?? "") : ""),
    Mounts: "",
    LocalVolumes: "0",
    Networks: "none",
    Platform: null,
  };
}

/** The image as the learner typed it, or its id once the name has moved on. */
function shownImage(one: OwnContainer, session: Session): string {
  const shared = session.shared.find(({ id }) => id === one.image);
  return shared?.name ?? session.names.shownImage(one.image) ?? one.image;
}
