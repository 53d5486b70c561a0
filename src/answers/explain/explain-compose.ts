import { parse, YAMLParseError } from "yaml";
import { byWeight, type Explanation, type Problem } from "./explanation.ts";

type Service = Record<string, unknown>;

/** How much of a file is read, in characters. */
const longest = 6000;

/** Explains a Compose file; undefined when the text holds none. `text` may go on with what the person says. */
export function explainCompose(text: string): Explanation | undefined {
  const at = text.search(/(?:^|\s)services:\s/);
  if (at < 0) return undefined;
  const { file, said } = splitFile(text.slice(at).trim().slice(0, longest));
  const read = file === undefined ? undefined : readServices(file);
  const services = read && "services" in read ? read.services : {};
  const problems = [
    ...(read && "problem" in read ? [read.problem] : []),
    ...textProblems(text, said),
    ...serviceProblems(services, said),
  ];
  const names = Object.keys(services);
  return {
    concept: "compose-basics",
    what: names.length
      ? `A Compose file with ${names.length === 1 ? "the service" : `${names.length} services:`} ${names.map((name) => `**${name}**`).join(", ")}. \`docker compose up -d\` makes a network, and for each service a container; they reach each other by these names.`
      : "A Compose file: `docker compose up -d` makes a network, and for each service a container; services reach each other by name.",
    problems: byWeight(problems),
    partsTitle: "Service by service",
    parts: names.slice(0, 12).map((name) => `**${name}**: ${serviceWords(services[name] ?? {})}`),
  };
}

/** The file ends where lines are no longer indented, listed or keyed; a folded text has no lines, and its file cannot be read. */
function splitFile(text: string): { file?: string; said: string } {
  const lines = text.split(/\r?\n/);
  if (lines.length < 3) return { said: text };
  const end = lines.findIndex(
    (line, index) => index > 0 && line.trim() !== "" && !/^(?:\s|- |#|[\w.-]+:(?:\s|$))/.test(line),
  );
  const cut = end < 0 ? lines.length : end;
  return { file: lines.slice(0, cut).join("\n"), said: lines.slice(cut).join(" ") };
}

function readServices(file: string): { services: Record<string, Service> } | { problem: Problem } {
  try {
    const read: unknown = parse(file, { maxAliasCount: 20, logLevel: "error" });
    const services = isObject(read) && isObject(read.services) ? read.services : {};
    return {
      services: Object.fromEntries(
        Object.entries(services).filter((one): one is [string, Service] => isObject(one[1])),
      ),
    };
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    return {
      problem: {
        text: `This isn't valid YAML${line === undefined ? "" : ` (line ${line} of what you pasted)`}: look at the indentation there. Use blanks, never tabs, and a blank after each colon. \`docker compose config\` shows what Compose understands.`,
        weight: 9,
      },
    };
  }
}

/** Mistakes that show in the text itself, even where lines were folded. */
function textProblems(text: string, said: string): Problem[] {
  const problems: Problem[] = [];
  const single = /ports:\s*-\s*"?(\d{2,5})"?(?=\s|$)(?!:)/.exec(text)?.[1];
  if (single)
    problems.push({
      text: `\`"${single}"\` names only the container's port, so Docker picks a random free port of your computer (\`docker compose ps\` shows it). Write \`"${single}:${single}"\`, which is HOST:CONTAINER.`,
      better: { language: "yaml", source: `ports:\n  - "${single}:${single}"` },
      weight: 10,
    });
  if (/depends_on:/.test(text) && !/service_healthy/.test(text))
    problems.push({
      text: "`depends_on` only waits until the other container is *started*, not until it's ready to accept connections. Give it a `healthcheck` and wait for `condition: service_healthy`, or let your program try again.",
      better: {
        language: "yaml",
        source:
          'depends_on:\n  db:\n    condition: service_healthy\n# in db:\nhealthcheck:\n  test: ["CMD-SHELL", "pg_isready -U postgres"]\n  interval: 5s',
      },
      weight: /refus|ready|crash|start|connect/i.test(said) ? 9 : 5,
    });
  if (/(?:@|HOST\w*[=:]\s*"?|\/\/)(?:localhost|127\.0\.0\.1)\b/i.test(text))
    problems.push({
      text: "`localhost` inside a container is that container itself. Use the other service's name as host, such as `db:5432`.",
      weight: 9,
    });
  if (/^\t/m.test(text)) problems.push({ text: "There are tabs in it; YAML wants blanks.", weight: 9 });
  if (/network_mode:\s*"?host/.test(text) && /ports:/.test(text))
    problems.push({
      text: "With `network_mode: host` the `ports:` are ignored: the program uses the host's ports directly.",
      weight: 6,
    });
  if (/^\s*version:/m.test(text))
    problems.push({ text: "`version:` is obsolete and ignored; leave it out.", weight: 1 });
  if (/^\s*links:/m.test(text))
    problems.push({ text: "`links:` isn't needed: services on one network find each other by name.", weight: 2 });
  if (/privileged:\s*true/.test(text))
    problems.push({ text: "`privileged: true` takes away nearly all walls to the host.", weight: 4 });
  return problems;
}

function serviceProblems(services: Record<string, Service>, said: string): Problem[] {
  const problems: Problem[] = [];
  for (const [name, service] of Object.entries(services)) {
    if (service.image === undefined && service.build === undefined)
      problems.push({
        text: `**${name}** has neither \`image:\` nor \`build:\`, so Compose doesn't know what to run.`,
        weight: 9,
      });
    const image = String(service.image ?? "");
    if (
      /^(?:postgres|mysql|mariadb)\b/.test(image) &&
      !JSON.stringify(service.environment ?? service.env_file ?? "").match(/PASSWORD|env|TRUST/i)
    )
      problems.push({
        text: `**${name}** (\`${image}\`) needs a password in \`environment:\` and ends at once without one.`,
        weight: /exit|crash|stop/i.test(said) ? 8 : 5,
      });
    if (/^(?:postgres|mysql|mariadb|mongo)\b/.test(image) && service.volumes === undefined)
      problems.push({
        text: `**${name}** has no named volume, so its data goes with the container at \`docker compose down\`.`,
        weight: 3,
      });
    if (service.container_name !== undefined && isObject(service.deploy))
      problems.push({ text: `**${name}** has a fixed \`container_name\`, so it can't run more than once.`, weight: 4 });
  }
  return problems;
}

function serviceWords(service: Service): string {
  const from = service.build === undefined ? `image \`${String(service.image ?? "none")}\`` : "built from a Dockerfile";
  const list = (value: unknown) =>
    Array.isArray(value)
      ? value
          .filter((one) => typeof one === "string")
          .slice(0, 4)
          .join(", ")
      : "";
  const ports = list(service.ports);
  const volumes = list(service.volumes);
  return [from, ports && `ports ${ports} (HOST:CONTAINER)`, volumes && `mounts ${volumes}`].filter(Boolean).join("; ");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
