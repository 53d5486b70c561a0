import { createHash } from "node:crypto";
import { CliError } from "./cli-error.ts";
import { withoutHostPaths } from "./host-paths.ts";

/** An image's name in parts, as Docker reads it. */
export interface Reference {
  /** Without `docker.io/` and `library/`. */
  repository: string;
  tag?: string;
}

/** How one learner's names look to the engine, and back. */
export interface Names {
  /** `web` → `t-…-web`. */
  container(shown: string): string;
  /** `t-…-web` → `web`; undefined for anything that is not this learner's. */
  shownContainer(internal: string): string | undefined;
  /** `menu:1` → `t-…/menu:1`; no tag stays no tag. */
  image(shown: Reference): string;
  /** `t-…/menu:1` → `menu:1`; undefined for anything that is not this learner's. */
  shownImage(internal: string): string | undefined;
  /** What the engine's `reference` filter finds this learner's images by. */
  patterns: string[];
  /** A text of the engine with this learner's internal names replaced by the shown ones. */
  scrub(text: string): string;
}

const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const host = "(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\\.(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?))*";
const reference = new RegExp(
  `^((?:${host}(?::[0-9]{1,5})?/)?${component}(?:/${component}){0,3})(?::([\\w][\\w.-]{0,127}))?$`,
);

/** Reads an image's name. Throws {@link CliError} with Docker's own words for names that cannot be. */
export function readReference(typed: string): Reference {
  const [, found, tag] = reference.exec(typed.slice(0, 255)) ?? [];
  if (found === undefined || found.length > 120) {
    const [, name] = /^([A-Za-z0-9/._-]+)(?::[\w.-]+)?$/.exec(typed) ?? [];
    if (name && name !== name.toLowerCase() && reference.test(name.toLowerCase()))
      throw new CliError(
        `invalid reference format: repository name (${name.includes("/") ? name : `library/${name}`}) must be lowercase`,
      );
    throw new CliError("invalid reference format");
  }
  const repository = found.replace(/^(?:index\.)?docker\.io\//, "").replace(/^library\/(?=[^/]+$)/, "");
  return { repository, ...(tag !== undefined && { tag }) };
}

/** `menu` → `menu:latest`. */
export function withTag({ repository, tag = "latest" }: Reference): string {
  return `${repository}:${tag}`;
}

const digits = (text: string, many: number): string => createHash("sha256").update(text).digest("hex").slice(0, many);

/** The part of internal names that every owner of an installation shares, so that two installations on one engine never meet. */
const installationKey = (instance: string): string => digits(instance, 8);

/** The part of every internal name that belongs to one owner of one installation: 24 hexadecimal digits. */
function scopeKey(instance: string, owner: string): string {
  return installationKey(instance) + digits(`${instance}\0${owner}`, 16);
}

/** What the engine's `reference` filter finds every learner's images of an installation by. */
export function installationPatterns(instance: string): string[] {
  return depths.map((stars) => `t-${installationKey(instance)}*/${stars}`);
}

/** Those image names of an installation that belong to none of `owners`. */
export function ownerlessNames(instance: string, references: readonly string[], owners: ReadonlySet<string>): string[] {
  const scopes = new Set([...owners].map((owner) => scopeKey(instance, owner)));
  return references.filter((reference) => {
    const scope = scopeOf(reference);
    return scope?.startsWith(installationKey(instance)) && !scopes.has(scope);
  });
}

/** Whose image name it is, as {@link scopeKey} has it; undefined for names that are no learner's, of whatever installation. */
export function scopeOf(internal: string): string | undefined {
  return /^t-([0-9a-f]{24})\//.exec(internal)?.[1];
}

const depths = ["*", "*/*", "*/*/*", "*/*/*/*", "*/*/*/*/*"];

/** The names of everything that belongs to `owner` in an installation. */
export function createNames(instance: string, owner: string): Names {
  const key = scopeKey(instance, owner);
  const containers = `t-${key}-`;
  const images = `t-${key}/`;
  const written = new RegExp(`${images}(port-\\d+/)?([a-z0-9][a-z0-9./_-]*)`, "g");
  const decode = (repository: string): string => {
    const [, port, rest = ""] = /^port-(\d+)\/(.*)$/s.exec(repository) ?? [];
    if (port === undefined) return repository;
    return port === "0" ? rest : rest.replace(/^([^/]*)/, `$1:${port}`);
  };
  return {
    container: (shown) => containers + shown,
    shownContainer: (internal) => (internal.startsWith(containers) ? internal.slice(containers.length) : undefined),
    image: ({ repository, tag }) => `${images}${encode(repository)}${tag === undefined ? "" : `:${tag}`}`,
    shownImage: (internal) => (internal.startsWith(images) ? decode(internal.slice(images.length)) : undefined),
    patterns: depths.map((stars) => images + stars),
    scrub: (text) =>
      withoutHostPaths(text)
        .replace(written, (_, port: string | undefined, rest: string) => decode((port ?? "") + rest))
        .replaceAll(containers, ""),
  };
}

/** A registry's port cannot stand inside a path, so it becomes a folder of its own: `localhost:5000/x` → `port-5000/localhost/x`. */
function encode(repository: string): string {
  const [, address, port, rest] = /^([^/:]+):(\d+)\/(.*)$/.exec(repository) ?? [];
  if (address !== undefined && port !== "0") return `port-${Number(port)}/${address}/${rest}`;
  return repository.startsWith("port-") ? `port-0/${repository}` : repository;
}

const adjectives =
  "amber brave calm crisp dizzy eager fluffy gentle golden happy jolly keen lively mellow nutty proud quiet rosy sunny toasty warm witty zesty".split(
    " ",
  );
const surnames =
  "appert ayrton beard bocuse carson curie franklin hopper johnson kovalevskaya lovelace meitner mendel nightingale noether pasteur rumford somerville turing yonath".split(
    " ",
  );

/** A name for a container that was given none, for example `toasty_noether`; `taken` ones are passed over. */
export function inventName(taken: (name: string) => boolean, random: () => number = Math.random): string {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "";
  for (let tries = 0; tries < 20; tries++) {
    const name = `${pick(adjectives)}_${pick(surnames)}`;
    if (!taken(name)) return name;
  }
  return `${pick(adjectives)}_${pick(surnames)}${Math.floor(random() * 1e6)}`;
}
