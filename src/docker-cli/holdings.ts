import type { ContainerSummary, Engine } from "../engine/engine.ts";
import { isEngineError } from "../engine/engine-error.ts";
import type { ImageSummary } from "../engine/engine-images.ts";
import { type Names, readReference, withTag } from "../engine/names.ts";
import type { SharedImage } from "./lines-host.ts";
import { removeOnExit } from "./own-labels.ts";

/** A container of the learner, under the name they know. */
export interface OwnContainer extends ContainerSummary {
  shown: string;
  /** The learner's sandbox itself, which the sandbox commands look after. */
  main: boolean;
}

/** An image the learner can see. */
export interface OwnImage extends ImageSummary {
  /** Its names as the learner knows them. */
  shown: string[];
  /** Made by the learner, so it may be removed; the shared images are not. */
  own: boolean;
}

/** Nothing of that name, or nothing of one's own: both are answered alike. */
export class NotHere extends Error {
  readonly many: boolean;

  constructor(typed: string, many = false) {
    super(typed);
    this.name = "NotHere";
    this.many = many;
  }
}

/** What one learner has on the engine, and nothing of anybody else. */
export interface Holdings {
  /** Newest first. */
  containers(options?: { all?: boolean; size?: boolean }): Promise<OwnContainer[]>;
  /** By name, id or the beginning of an id. Throws {@link NotHere}. */
  container(typed: string): Promise<OwnContainer>;
  /** Newest first; `all` with the ones in between. */
  images(options?: { all?: boolean }): Promise<OwnImage[]>;
  /** By name, id or the beginning of an id, with the name it is asked for at the engine. Throws {@link NotHere}. */
  image(typed: string): Promise<OwnImage & { reference: string }>;
}

export interface HoldingsParts {
  engine: Engine;
  /** What finds everything of the owner; see `LinesHost`. */
  labels: string[];
  names: Names;
  shared: readonly SharedImage[];
  /** The container of the learner's sandbox and the name it goes by. */
  main?: { id: string; shown: string } | undefined;
}

/** Opens the holdings of one learner for one line. */
export function createHoldings({ engine, labels, names, shared, main }: HoldingsParts): Holdings {
  async function containers({ all = true, size = false } = {}): Promise<OwnContainer[]> {
    const [cold, warm] = await Promise.all([
      engine.containers.list({ all: true, size, labels }),
      main ? engine.containers.list({ all: true, size, ids: [main.id] }) : [],
    ]);
    const own = cold.flatMap((one) => {
      const shown = names.shownContainer(one.name);
      return shown === undefined || one.id === main?.id ? [] : [{ ...one, shown, main: false }];
    });
    const kept = await dropEnded(engine, own);
    const sandbox = warm
      .filter(({ id }) => id === main?.id)
      .map((one) => ({ ...one, shown: main?.shown ?? "", main: true }));
    return [...kept, ...sandbox]
      .filter(({ state }) => all || state === "running" || state === "paused" || state === "restarting")
      .sort((a, b) => b.createdAt - a.createdAt);
  }

  async function images({ all = false } = {}): Promise<OwnImage[]> {
    const lists = await Promise.all([
      engine.images.list({ all, labels }),
      engine.images.list({ reference: names.patterns }),
      Promise.all(shared.map(({ id }) => describeShared(engine, id))),
    ]);
    const [labelled = []] = lists;
    const mine = new Set(labelled.map(({ id }) => id));
    const byId = new Map<string, ImageSummary>();
    const seen = new Map<string, Set<string>>();
    for (const image of lists.flat()) {
      if (!byId.has(image.id)) byId.set(image.id, image);
      const references = seen.get(image.id) ?? new Set();
      for (const one of image.references) references.add(one);
      seen.set(image.id, references);
    }
    const found = [...byId.values()].map((image) => {
      const internal = [...(seen.get(image.id) ?? [])];
      const own = internal.flatMap((one) => names.shownImage(one) ?? []);
      const common = shared.filter(({ id }) => id === image.id).map(({ name }) => withTag(readReference(name)));
      return { ...image, own: mine.has(image.id), shown: own, common };
    });
    // A name of one's own hides the shared image of the same name, as moving a tag does.
    const taken = new Set(found.flatMap(({ shown }) => shown));
    return found
      .map(({ common, ...image }) => ({
        ...image,
        shown: [...image.shown, ...common.filter((name) => !taken.has(name))].sort(),
      }))
      .filter(({ own, shown }) => own || shown.length > 0)
      .sort((a, b) => b.createdAt - a.createdAt);
  }

  return {
    containers,
    async container(typed) {
      const own = await containers();
      const name = typed.replace(/^\//, "");
      const exact = own.find(({ id, shown }) => id === typed || shown === name);
      if (exact) return exact;
      const byPrefix = /^[0-9a-f]{1,64}$/.test(typed) ? own.filter(({ id }) => id.startsWith(typed)) : [];
      if (byPrefix.length === 1 && byPrefix[0]) return byPrefix[0];
      throw new NotHere(typed, byPrefix.length > 1);
    },
    images,
    async image(typed) {
      const own = await images({ all: true });
      const named = nameOf(typed);
      const byName = named && own.find(({ shown }) => shown.includes(named));
      if (byName && named) return { ...byName, reference: internalName(byName, typed) };
      const digits = typed.replace(/^sha256:/, "");
      const byPrefix = /^[0-9a-f]{1,64}$/.test(digits)
        ? own.filter(({ id }) => id.replace(/^sha256:/, "").startsWith(digits))
        : [];
      if (byPrefix.length === 1 && byPrefix[0]) {
        const [found] = byPrefix;
        return { ...found, reference: digits.length >= 12 ? typed : found.id };
      }
      throw new NotHere(typed, byPrefix.length > 1);
    },
  };

  function internalName(image: OwnImage, typed: string): string {
    const { repository, tag } = readReference(typed);
    const mine = names.image({ repository, ...(tag !== undefined && { tag }) });
    if (image.references.includes(fullName(mine))) return mine;
    return image.id;
  }
}

/** The shared images cannot be found by a label or a name of one's own. */
async function describeShared(engine: Engine, id: string): Promise<ImageSummary> {
  const { references, digests, parent, createdAt, size, labels } = await engine.images.inspect(id);
  // To the second, as lists have it.
  const created = Math.floor(createdAt / 1000) * 1000;
  return { id, references, digests, createdAt: created, size, labels, containers: -1, raw: { ParentId: parent } };
}

function nameOf(typed: string): string | undefined {
  if (typed.startsWith("sha256:")) return undefined;
  try {
    return withTag(readReference(typed));
  } catch {
    return undefined;
  }
}

/** The name as the engine lists it. */
function fullName(reference: string): string {
  return reference.lastIndexOf(":") > reference.lastIndexOf("/") ? reference : `${reference}:latest`;
}

/** Containers of `docker run --rm` whose program has ended are removed when anybody looks, should the first try have been missed. */
async function dropEnded(engine: Engine, own: OwnContainer[]): Promise<OwnContainer[]> {
  const ended = own.filter(({ labels, state }) => removeOnExit(labels) && (state === "exited" || state === "dead"));
  await Promise.all(
    ended.map(({ id }) =>
      engine.containers.remove(id, { force: true }).catch((error: unknown) => {
        if (!isEngineError(error, "not-found", "conflict")) throw error;
      }),
    ),
  );
  return own.filter((one) => !ended.includes(one));
}
