import { daemonError } from "../engine/cli-error.ts";
import { hasLabel } from "./own-labels.ts";
import type { OwnContainer, Session } from "./session.ts";

type Test = (one: OwnContainer, value: string) => boolean;

const states = ["created", "running", "paused", "restarting", "removing", "exited", "dead"];

/** Applies `--filter name=value`: one of the values of each name has to match. Throws {@link CliError} for names Docker has not. */
export async function filterContainers(
  containers: OwnContainer[],
  filters: readonly string[],
  session: Session,
): Promise<OwnContainer[]> {
  if (!filters.length) return containers;
  const images = filters.some((one) => one.startsWith("ancestor=")) ? await session.holdings.images({ all: true }) : [];
  const place = (typed: string) => {
    const index = containers.findIndex(({ id, shown }) => shown === typed || id.startsWith(typed));
    if (index < 0) throw daemonError(`No such container: ${typed}`);
    return index;
  };
  const tests: Record<string, Test> = {
    id: (one, value) => one.id.startsWith(value),
    name: (one, value) => matches(value, `/${one.shown}`) || matches(value, one.shown),
    status: (one, value) => one.state === value,
    exited: (one, value) => one.state === "exited" && one.status.startsWith(`Exited (${value})`),
    label: ({ labels }, value) => hasLabel(labels, value),
    ancestor: (one, value) => {
      const image = images.find(
        ({ id, shown }) => [value, `${value}:latest`].some((name) => shown.includes(name)) || idMatches(id, value),
      );
      return image !== undefined && isAncestor(image.id, one.imageId, images);
    },
    before: (one, value) => containers.indexOf(one) > place(value),
    since: (one, value) => containers.indexOf(one) < place(value),
  };
  const wanted = new Map<string, string[]>();
  for (const filter of filters) {
    const at = filter.indexOf("=");
    const name = filter.slice(0, at < 0 ? undefined : at).toLowerCase();
    if (at < 0) throw daemonError(`invalid filter '${filter}'`);
    if (!Object.hasOwn(tests, name)) throw daemonError(`Invalid filter '${name}'`);
    const value = filter.slice(at + 1);
    if (name === "status" && !states.includes(value))
      throw daemonError(`Unrecognised filter value for status: ${value}`);
    wanted.set(name, [...(wanted.get(name) ?? []), value]);
  }
  return containers.filter((one) =>
    [...wanted].every(([name, values]) =>
      name === "label"
        ? values.every((value) => tests[name]?.(one, value))
        : values.some((value) => tests[name]?.(one, value)),
    ),
  );
}

function idMatches(id: string, typed: string): boolean {
  const digits = typed.replace(/^sha256:/, "");
  return /^[0-9a-f]{4,64}$/.test(digits) && id.slice(7).startsWith(digits);
}

function isAncestor(
  ancestor: string,
  image: string,
  images: readonly { id: string; raw: Record<string, unknown> }[],
): boolean {
  const parents = new Map(images.map(({ id, raw }) => [id, String(raw.ParentId ?? "")]));
  for (let at = image, steps = 0; at && steps < 200; at = parents.get(at) ?? "", steps++)
    if (at === ancestor) return true;
  return false;
}

/** Docker takes a regular expression; a sandbox takes plain text with `^` and `$`, which cannot run away. */
function matches(pattern: string, name: string): boolean {
  const start = pattern.startsWith("^");
  const end = pattern.endsWith("$");
  const text = pattern.slice(start ? 1 : 0, end ? -1 : undefined);
  if (start && end) return name === text;
  if (start) return name.startsWith(text);
  return end ? name.endsWith(text) : name.includes(text);
}
