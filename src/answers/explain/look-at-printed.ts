import { codes, problem } from "./exit-codes.ts";
import type { Problem } from "./explanation.ts";

/** What stands out in a list of images. */
export function lookAtImages(text: string): Problem[] {
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

/** What stands out in what `docker system df` prints. */
export function lookAtDisk(text: string): Problem[] {
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

/** What stands out in what `docker stats` prints. */
export function lookAtStats(text: string): Problem[] {
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

/** What stands out in what `docker inspect` prints. */
export function lookAtInspect(text: string): Problem[] {
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
