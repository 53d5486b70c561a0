import { CliError, daemonError } from "../engine/cli-error.ts";
import { readReference } from "../engine/names.ts";
import { hasLabel } from "./own-labels.ts";
import type { OwnImage } from "./session.ts";

/** An image and those of its names that were asked for. */
export interface FoundImage {
  image: OwnImage;
  names: string[];
}

/** Applies `--filter` and the name after `docker images`. Throws {@link CliError} for filters Docker has not. */
export async function filterImages(
  images: OwnImage[],
  filters: readonly string[],
  name?: string,
): Promise<FoundImage[]> {
  const repository = name === undefined ? undefined : patternOf(name);
  const tests = filters.map(readFilter);
  return images
    .filter((image) => tests.every((test) => test.image(image, images)))
    .map((image) => ({
      image,
      names: image.shown.filter(
        (one) => (repository?.(one) ?? true) && tests.every((test) => test.name?.(one) ?? true),
      ),
    }))
    .filter(
      ({ image, names }) =>
        names.length > 0 || (image.shown.length === 0 && !repository && !tests.some((test) => test.name)),
    );
}

interface Test {
  image(image: OwnImage, all: OwnImage[]): boolean;
  name?(shown: string): boolean;
}

function readFilter(filter: string): Test {
  const at = filter.indexOf("=");
  if (at < 0)
    throw new CliError(`invalid argument "${filter}" for "-f, --filter" flag: invalid filter '${filter}'`, 125);
  const [name, value] = [filter.slice(0, at).toLowerCase(), filter.slice(at + 1)];
  const place = (images: OwnImage[]) => {
    const index = images.findIndex(
      ({ id, shown }) => [value, `${value}:latest`].some((one) => shown.includes(one)) || id.slice(7).startsWith(value),
    );
    if (index < 0) throw daemonError(`No such image: ${value.includes(":") ? value : `${value}:latest`}`);
    return index;
  };
  switch (name) {
    case "dangling": {
      if (!/^(true|false|1|0)$/.test(value)) throw daemonError(`Invalid filter 'dangling=[${value}]'`);
      const wanted = value === "true" || value === "1";
      return { image: ({ shown }) => (shown.length === 0) === wanted };
    }
    case "reference":
      return { image: () => true, name: patternOf(value) };
    case "label":
      return { image: ({ labels }) => hasLabel(labels, value) };
    case "before":
      return { image: (image, all) => all.indexOf(image) > place(all) };
    case "since":
      return { image: (image, all) => all.indexOf(image) < place(all) };
  }
  throw daemonError(`Invalid filter '${name}'`);
}

/** A name, with or without tag, where `*` stands for anything but a slash. */
function patternOf(typed: string): (shown: string) => boolean {
  const text = typed.slice(0, 255);
  if (!/[*?[]/.test(text)) {
    const { repository, tag } = readReference(text);
    return (shown) =>
      tag === undefined ? shown.slice(0, shown.lastIndexOf(":")) === repository : shown === `${repository}:${tag}`;
  }
  const parts = text.split(/\*+/);
  return (shown) => [shown, shown.slice(0, shown.lastIndexOf(":"))].some((name) => glob(parts, name));
}

function glob(parts: readonly string[], name: string): boolean {
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const found =
      index === 0
        ? name.startsWith(part)
          ? 0
          : -1
        : last
          ? name.endsWith(part)
            ? name.length - part.length
            : -1
          : name.indexOf(part, at);
    if (found < at || (index > 0 && name.slice(at, found).includes("/"))) return false;
    at = found + part.length;
  }
  return at === name.length || parts.at(-1) === "";
}
