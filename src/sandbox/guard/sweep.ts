import type { ContainerSummary } from "../../engine/engine.ts";
import { installationPatterns, ownerlessNames } from "../../engine/names.ts";
import { labelPrefix } from "../../engine/policy.ts";
import { listRows } from "../life/rows.ts";
import type { Parts } from "../parts.ts";
import { removeImages } from "./remove-images.ts";

/** The label filters that find everything of this installation, or only an owner's. */
export function labelFilters(instance: string, owner?: string): string[] {
  return [`${labelPrefix}instance=${instance}`, ...(owner === undefined ? [] : [`${labelPrefix}owner=${owner}`])];
}

/** Removes an owner's containers and images. Those that cannot go now are found by the next sweep. */
export async function removeThings({ engine, pool, instance, onEnd }: Parts, owner: string): Promise<void> {
  for (const effect of onEnd) await effect(owner);
  const labels = labelFilters(instance, owner);
  const containers = await engine.containers.list({ labels });
  await Promise.all(containers.map(({ id }) => pool.remove(id)));
  await removeImages(engine, labels);
}

/** What passes by itself: the steps of builds, and what is tried out on the engine. */
const passing = new Set(["build", "canary"]);
/** Neither can take longer (ms); its container goes with the process that waits for it, or after this time. */
const longestStep = 10 * 60_000;

/** Removes containers, images and names of images of this installation that nobody is said to have. Resolves with how many. */
export async function sweep(parts: Parts): Promise<number> {
  const { engine, store, pool, borrowed, instance, alive, log } = parts;
  // Containers first: one that is claimed in between is in the rows that are read after.
  const containers = await engine.containers.list({ labels: labelFilters(instance) });
  const images = await engine.images.list({ labels: labelFilters(instance) });
  const named = await engine.images.list({ reference: installationPatterns(instance) });
  const rows = await listRows(store.read, engine.host);
  const kept = new Set(rows.map(({ container }) => container));
  const owners = new Set([...rows.map(({ learner }) => learner), ...(await borrowed.owners())]);
  const hasOwner = (labels: Record<string, string>) => owners.has(labels[`${labelPrefix}owner`] ?? "");
  const isKept = async ({ id, name, labels, createdAt }: ContainerSummary): Promise<boolean> => {
    if (kept.has(id) || pool.knows({ id, name })) return true;
    const process = labels[`${labelPrefix}process`];
    const mine = process === parts.process;
    const passes = passing.has(labels[`${labelPrefix}purpose`] ?? "");
    if (passes && mine) return Date.now() - createdAt < longestStep;
    if (!passes && hasOwner(labels)) return true;
    return process !== undefined && !mine && (await alive(process));
  };
  let removed = 0;
  for (const container of containers) {
    if (await isKept(container)) continue;
    await pool.remove(container.id).catch((error) => log.warn("a leftover could not be removed", { error }));
    removed++;
  }
  for (const { id, labels } of images) {
    if (hasOwner(labels)) continue;
    await engine.images.remove(id, { force: true }).catch(() => {});
    removed++;
  }
  // A name on the shared image carries no label.
  const references = named.flatMap((image) => image.references);
  for (const reference of ownerlessNames(instance, references, owners)) {
    await engine.images.remove(reference, { force: true, keepParents: true }).catch(() => {});
    removed++;
  }
  if (removed) log.info("leftovers removed", { removed });
  return removed;
}
