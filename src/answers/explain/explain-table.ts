import { byWeight, type Explanation, type Problem } from "./explanation.ts";

/** A kind of table or JSON that Docker prints: how it is known, what it is about, and what can be read from it. */
interface Printed {
  known: RegExp;
  concept: string;
  what: string;
  look(text: string): Problem[];
}

/** What an exit code means, in a few words with what to do. */
const codes: Record<string, string> = {
  "0": "it finished its work without an error: a container lives only as long as its main process",
  "1": "its program ended with an error of its own: `docker logs {}` says which",
  "2": "its program was called wrongly or ended with an error: see `docker logs {}`",
  "125": "Docker itself could not start it: the error stood where you typed `docker run`",
  "126": "the command was found but could not be run: is it executable?",
  "127": "the command was not found in the image: look for a typo, or install the program",
  "130": "somebody pressed Ctrl-C",
  "137":
    "it was killed (SIGKILL): out of memory, or `docker stop` after its 10 seconds; `docker inspect -f '{{.State.OOMKilled}}' {}` tells",
  "139": "its program crashed (segmentation fault), often an image for another platform",
  "143": "it was asked to stop (SIGTERM), usually by `docker stop`",
  "255": "its program failed, or the machine went down while it ran",
};

const problem = (text: string, weight: number, source?: string): Problem => ({
  text,
  weight,
  ...(source !== undefined && { better: { language: "sh", source } }),
});

const nameIn = (text: string) =>
  /(\b[A-Za-z][\w.-]*)\s*(?:\n|$|\s(?=whats?\b|why\b|http|how\b|what\b|it\b|is\b))/.exec(
    text.replace(/^.*?NAMES/s, ""),
  )?.[1];

function lookAtContainers(text: string): Problem[] {
  const found: Problem[] = [];
  const rows = text.replace(/^[\s\S]*?NAMES/, "");
  const name = nameIn(text) ?? "NAME";
  for (const [, code = ""] of [...rows.matchAll(/Exited \((\d+)\)/g)].slice(0, 3)) {
    const command = /"([^"]*)"/.exec(rows)?.[1];
    const says = (codes[code] ?? "its program ended with an error of its own: see `docker logs {}`").replaceAll(
      "{}",
      name,
    );
    found.push(
      problem(
        `\`${name}\` has exited with code **${code}**: ${says}.${code === "127" && command ? ` The command is \`${command}\`; check its spelling.` : ""}`,
        9,
        `docker logs ${name}`,
      ),
    );
  }
  if (/\(unhealthy\)/.test(rows))
    found.push(
      problem(
        `*Unhealthy* means that the health check, a command that Docker runs inside the container again and again, fails. The program still runs. Its last outputs stand in \`State.Health\`:`,
        10,
        `docker inspect --format '{{json .State.Health}}' ${name}`,
      ),
    );
  if (/Restarting \((\d+)\)/.test(rows))
    found.push(
      problem(
        `\`${name}\` keeps ending and its restart policy starts it again. The reason is in its logs.`,
        10,
        `docker logs --tail 50 ${name}`,
      ),
    );
  if (/\bUp\b/.test(rows) && !/->/.test(rows) && /\d+\/tcp/.test(rows)) {
    const port = /(\d+)\/tcp/.exec(rows)?.[1] ?? "80";
    const image = /\b(?:[0-9a-f]{12})\s+(\S+)/.exec(rows)?.[1] ?? "IMAGE";
    found.push(
      problem(
        `\`${port}/tcp\` without an arrow means that the port isn't published: nothing on your computer leads to it. Make the container again with \`-p\`, then open http://localhost:8080.`,
        9,
        `docker rm -f ${name}\ndocker run -d --name ${name} -p 8080:${port} ${image}`,
      ),
    );
  }
  if (/0\.0\.0\.0:(\d+)->(\d+)/.test(rows)) {
    const [, host, inside] = /0\.0\.0\.0:(\d+)->(\d+)/.exec(rows) ?? [];
    found.push(problem(`Port ${host} of your computer leads to port ${inside} in the container.`, 4));
  }
  if (/\bCreated\b(?! BY)/.test(rows) && !/Exited|Up /.test(rows))
    found.push(
      problem(
        `\`${name}\` was created and never started: its start failed, or it was made with \`docker create\`.`,
        7,
        `docker start ${name}`,
      ),
    );
  return found;
}

function lookAtImages(text: string): Problem[] {
  const rows = [
    ...text.matchAll(
      /([a-z0-9][\w./-]*|<none>)\s+([\w.-]+|<none>)\s+([0-9a-f]{12})\s+(?:[\w ]+ago\s+)?([\d.]+ ?[kMG]?B)/g,
    ),
  ].map(([, name = "", tag = "", id = "", size = ""]) => ({ name, tag, id, size }));
  const found: Problem[] = [];
  const twins = Object.values(Object.groupBy(rows, ({ id }) => id)).find((same) => (same?.length ?? 0) > 1);
  if (twins)
    found.push(
      problem(
        `No, it counts once: ${twins.map(({ name, tag }) => `\`${name}:${tag}\``).join(" and ")} have the same image ID, so they are one image with ${twins.length} tags and take ${twins[0]?.size} together.`,
        9,
      ),
    );
  const slim = rows.find(({ tag }) => /slim|alpine/.test(tag));
  const full = slim && rows.find(({ name, tag }) => name === slim.name && tag !== slim.tag && slim.tag.startsWith(tag));
  if (slim && full)
    found.push(
      problem(
        `Most of it is the base image: \`FROM ${slim.name}:${slim.tag}\` (${slim.size}) instead of \`${full.name}:${full.tag}\` (${full.size}) makes yours smaller by the difference. A multi-stage build helps where you need compilers.`,
        8,
      ),
    );
  if (rows.some(({ name }) => name === "<none>"))
    found.push(
      problem(
        "Images called `<none>` lost their tag to a newer one; they are complete, and `docker image prune` removes those that no container uses.",
        7,
        "docker image prune",
      ),
    );
  if (!slim && !twins && rows.length > 0)
    found.push(
      problem(
        "SIZE is the unpacked size of all layers; layers that images share are on the disk only once, so don't add the numbers up.",
        3,
      ),
    );
  return found;
}

function lookAtDisk(text: string): Problem[] {
  const row = (name: string) =>
    new RegExp(`${name}\\s+(\\d+)\\s+(\\d+)\\s+([\\d.]+ ?[kMGT]?B)\\s+([\\d.]+ ?[kMGT]?B)`).exec(text);
  const images = row("Images");
  const cache = row("Build Cache");
  const volumes = row("Local Volumes");
  const lines = [
    images && images[4] !== "0B"
      ? `**${images[4]}** of images that no container uses: \`docker image prune -a\` (you can pull or build them again).`
      : "",
    cache && cache[4] !== "0B"
      ? `**${cache[4]}** of build cache: \`docker builder prune\` costs only a slower next build.`
      : "",
    volumes ? "Leave the volumes alone if databases are in them: no `docker volume prune`, no `--volumes`." : "",
  ].filter(Boolean);
  return lines.length ? [problem(lines.join(" "), 9, "docker image prune -a\ndocker builder prune")] : [];
}

function lookAtStats(text: string): Problem[] {
  const [, name = "NAME", used, limit, share] =
    /(?:^|\s)([\w.-]+)\s+[\d.]+%\s+([\d.]+\w+) \/ ([\d.]+\w+)\s+([\d.]+)%/.exec(text) ?? [];
  if (share === undefined || Number(share) < 90)
    return [
      problem(
        "MEM USAGE / LIMIT is what the container takes and what it may take; without a limit of its own the second number is the host's memory.",
        3,
      ),
    ];
  return [
    problem(
      `\`${name}\` uses ${used} of the ${limit} of memory it may have. At the limit the kernel kills it, which is exit code 137. Raise the limit, or let the program use less.`,
      10,
      `docker update --memory 2g --memory-swap 2g ${name}`,
    ),
  ];
}

function lookAtInspect(text: string): Problem[] {
  const found: Problem[] = [];
  if (/"Type":\s*"volume",\s*"Name":\s*"[0-9a-f]{10,}/.test(text)) {
    const target = /"Destination":\s*"([^"]+)"/.exec(text)?.[1] ?? "/data";
    found.push(
      problem(
        `A volume with such a random name is *anonymous*: the image's \`VOLUME\` line made it automatically. \`docker rm\` keeps it (\`docker rm -v\` deletes it), but a new container gets a fresh, empty one. Use a named volume so that the next container finds the data.`,
        9,
        `docker run -d -v mydata:${target} IMAGE`,
      ),
    );
  }
  if (/"RestartPolicy":\s*\{\s*"Name":\s*"(?:no)?"/.test(text) && /exited|reboot|restart/i.test(text))
    found.push(
      problem(
        "Its restart policy is `no`, so Docker doesn't start it again after a reboot or a crash. Give it one, and start it.",
        9,
        "docker update --restart unless-stopped NAME\ndocker start NAME".replaceAll(
          "NAME",
          /inspect (\w[\w.-]*)/.exec(text)?.[1] ?? "NAME",
        ),
      ),
    );
  if (/"OOMKilled":\s*true/.test(text))
    found.push(
      problem(
        "It was killed because it used more memory than it may have (`OOMKilled`). Raise `--memory`, or let it use less.",
        10,
      ),
    );
  const code = /"ExitCode":\s*(\d+)/.exec(text)?.[1];
  if (code !== undefined && /exited/.test(text))
    found.push(
      problem(
        `It ended with code ${code}: ${(codes[code] ?? "an error of its own: see `docker logs {}`").replaceAll("{}", "NAME")}.`,
        5,
      ),
    );
  if (/"HostIp"|"HostPort":\s*"(\d+)"/.test(text))
    found.push(problem(`Port ${/"HostPort":\s*"(\d+)"/.exec(text)?.[1] ?? ""} of the host is published.`, 3));
  if (/"Type":\s*"bind"/.test(text))
    found.push(
      problem(
        `A bind mount: the folder \`${/"Source":\s*"([^"]+)"/.exec(text)?.[1] ?? ""}\` of the host appears in the container.`,
        4,
      ),
    );
  return found;
}

const printed: readonly Printed[] = [
  {
    known: /CONTAINER ID\s+IMAGE\b/,
    concept: "list-images-ps",
    what: "A list of containers (`docker ps`).",
    look: lookAtContainers,
  },
  {
    known: /\bIMAGE\s+CREATED\s+CREATED BY\b/,
    concept: "history-inspect",
    what: "The history of an image: its layers, the newest first.",
    look: (text) =>
      /<missing>/.test(text)
        ? [
            problem(
              "Nothing is broken: `<missing>` is normal. Only the finished image has an ID on this machine; steps that BuildKit built or that came with a pull have no image ID of their own.",
              9,
            ),
          ]
        : [],
  },
  {
    known: /\bREPOSITORY\s+TAG\s+(?:DIGEST\s+)?IMAGE ID\b|\bIMAGE\s+ID\s+DISK USAGE\b/,
    concept: "image-size",
    what: "A list of images (`docker images`).",
    look: lookAtImages,
  },
  {
    known: /\bTYPE\s+TOTAL\s+ACTIVE\s+SIZE\b/,
    concept: "disk-cleanup",
    what: "What Docker takes on the disk (`docker system df`).",
    look: lookAtDisk,
  },
  {
    known: /\bCPU %\s+MEM USAGE\b/,
    concept: "resource-limits",
    what: "What containers use right now (`docker stats`).",
    look: lookAtStats,
  },
  {
    known: /"(?:State|Mounts|HostConfig|RestartPolicy|NetworkSettings)"\s*:/,
    concept: "history-inspect",
    what: "A part of what `docker inspect` prints.",
    look: lookAtInspect,
  },
  {
    known: /\bDRIVER\s+VOLUME NAME\b/,
    concept: "volumes",
    what: "A list of volumes. Long random names are anonymous volumes; `docker volume prune` removes those that no container uses.",
    look: () => [],
  },
  {
    known: /\bNETWORK ID\s+NAME\s+DRIVER\b/,
    concept: "networking-localhost",
    what: "A list of networks. `bridge`, `host` and `none` are always there; containers on a network of your own find each other by name.",
    look: () => [],
  },
  {
    known: /(?:^|\s)\.dockerignore\s+\S+[\s\S]*\b(?:node_modules|\.git)\b/,
    concept: "dockerfile-build",
    what: "A `.dockerignore` file: what it names is left out of the build context, so `docker build` doesn't send it and `COPY . .` can't copy it into the image. That keeps builds fast, and secrets such as `.env` out.",
    look: () => [],
  },
];

/** Explains a table or JSON that Docker printed; undefined when the text holds none. */
export function explainTable(text: string): Explanation | undefined {
  const found = printed.find(({ known }) => known.test(text));
  if (!found) return undefined;
  return { concept: found.concept, what: found.what, problems: byWeight(found.look(text)), parts: [] };
}
