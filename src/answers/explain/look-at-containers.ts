import { codes, problem } from "./exit-codes.ts";
import type { Problem } from "./explanation.ts";

const nameIn = (text: string) =>
  /(\b[A-Za-z][\w.-]*)\s*(?:\n|$|\s(?=whats?\b|why\b|http|how\b|what\b|it\b|is\b))/.exec(
    text.replace(/^.*?NAMES/s, ""),
  )?.[1];

/** What stands out in a list of containers. */
export function lookAtContainers(text: string): Problem[] {
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
