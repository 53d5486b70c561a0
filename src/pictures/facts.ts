import type { Change, ContainerDetails, Engine } from "../engine/engine.ts";
import { isEngineError } from "../engine/engine-error.ts";
import type { ImageDetails, ImageStep } from "../engine/engine-images.ts";
import { instructionWords, mayChangeFiles } from "./instruction.ts";
import type { ContainerFacts, LayerFacts, StackFacts } from "./stack-facts.ts";

/** How containers and images are called in front of the person; default: as the engine calls them. */
export interface Naming {
  container?(container: ContainerDetails): string | undefined;
  image?(image: ImageDetails): string | undefined;
}

/**
 * Asks the engine what a picture of these containers needs: one entry for each image, in the order of the containers. Containers
 * that are gone by now are left out. Throws EngineError when the engine does not answer.
 */
export async function gatherStacks(
  engine: Engine,
  containers: readonly string[],
  naming: Naming = {},
): Promise<StackFacts[]> {
  const found = (await Promise.all(containers.map((id) => gatherContainer(engine, id, naming)))).filter(
    (one) => one !== undefined,
  );
  const images = [...new Set(found.map(({ imageId }) => imageId))];
  return Promise.all(
    images.map(async (id) => ({
      image: await gatherImage(engine, id, naming),
      containers: found.filter(({ imageId }) => imageId === id).map(({ facts }) => facts),
    })),
  );
}

async function gatherContainer(
  engine: Engine,
  id: string,
  naming: Naming,
): Promise<{ imageId: string; facts: ContainerFacts } | undefined> {
  try {
    const [details, changes] = await Promise.all([engine.containers.inspect(id), engine.containers.changes(id)]);
    const name = naming.container?.(details) ?? details.name;
    return { imageId: details.imageId, facts: { name, state: details.state.status, ...sortChanges(changes) } };
  } catch (error) {
    // One with more changes than anybody can see is left out.
    if (isEngineError(error, "not-found", "conflict", "too-large")) return undefined;
    throw error;
  }
}

/**
 * Changes by kind. A folder is reported as changed when anything in it is; such folders say nothing that the paths in them do not,
 * and are left out.
 */
export function sortChanges(changes: readonly Change[]): Pick<ContainerFacts, "added" | "changed" | "deleted"> {
  const parents = new Set(changes.map(({ path }) => path.slice(0, path.lastIndexOf("/"))));
  const of = (kind: Change["kind"]) => changes.filter((one) => one.kind === kind).map(({ path }) => path);
  return { added: of("A"), changed: of("C").filter((path) => !parents.has(path)), deleted: of("D") };
}

/** What the engine knows of an image and its layers. Throws EngineError. */
export async function gatherImage(
  engine: Engine,
  reference: string,
  naming: Naming = {},
): Promise<StackFacts["image"]> {
  const [details, history] = await Promise.all([engine.images.inspect(reference), engine.images.history(reference)]);
  const id = details.id.replace(/^sha256:/, "").slice(0, 12);
  return {
    name: naming.image?.(details) ?? details.references[0]?.replace(/:latest$/, "") ?? "(no name)",
    id,
    layers: await layersOf(engine, details, history.toReversed()),
  };
}

/**
 * The steps that made layers, oldest first. The engine's history does not say which did: every step with bytes did, and of those with
 * none (a deleted file adds 0 bytes) as many as the image has layers more.
 */
async function layersOf(engine: Engine, details: ImageDetails, steps: readonly ImageStep[]): Promise<LayerFacts[]> {
  const made = new Set(steps.filter(({ size }) => size > 0));
  const missing = () => details.layers.length - made.size;
  const maybe = steps.filter((step) => !made.has(step) && mayChangeFiles(step));
  if (missing() > 0 && maybe.length > missing()) {
    for (const step of maybe) if (await addedLayer(engine, steps, step)) made.add(step);
  }
  for (const step of maybe) if (missing() > 0) made.add(step);
  for (const step of steps) if (missing() > 0) made.add(step);
  const layers = steps.filter((step) => made.has(step));
  const words = layers.map((step) => ({ size: step.size, madeBy: instructionWords(step) }));
  // An image whose history was thrown away still has its layers.
  const unknown = Array.from({ length: Math.max(0, missing()) }, () => ({ size: 0, madeBy: "made in an unknown way" }));
  return [...unknown, ...words];
}

/** Asks the images in between, where the engine still has them. */
async function addedLayer(engine: Engine, steps: readonly ImageStep[], step: ImageStep): Promise<boolean> {
  const before = steps[steps.indexOf(step) - 1];
  if (!before?.id.startsWith("sha256:") || !step.id.startsWith("sha256:")) return false;
  try {
    const [one, other] = await Promise.all([engine.images.inspect(step.id), engine.images.inspect(before.id)]);
    return one.layers.length > other.layers.length;
  } catch (error) {
    if (isEngineError(error, "not-found")) return false;
    throw error;
  }
}
