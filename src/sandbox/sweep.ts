import { setTimeout as sleep } from "node:timers/promises";
import type { ContainerSummary } from "./engine.ts";
import { isEngineError } from "./engine-error.ts";
import { sharedName } from "./host.ts";
import { installationPatterns, ownerlessNames } from "./lines/names.ts";
import type { Parts } from "./parts.ts";
import { labelPrefix } from "./policy.ts";
import { changeRow, listRows, type SandboxRow } from "./rows.ts";

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
  // Images that others are built on can only go after those.
  for (let left = Number.POSITIVE_INFINITY; ; ) {
    const images = await engine.images.list({ all: true, labels });
    if (images.length === 0 || images.length >= left) return;
    left = images.length;
    for (const { id } of images) await engine.images.remove(id, { force: true }).catch(() => {});
  }
}

/** A step of a build cannot take longer (ms); its container goes with the process that waits for it, or after this time. */
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
    if (labels[`${labelPrefix}purpose`] === "build" && mine) return Date.now() - createdAt < longestStep;
    if (labels[`${labelPrefix}purpose`] !== "build" && hasOwner(labels)) return true;
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

/** Brings what the store says and what the engine has together, after a restart of either. */
export async function recover(parts: Parts): Promise<void> {
  const { engine, store, slots, pool, instance, log } = parts;
  const rows = await listRows(store.read, engine.host);
  for (const row of rows) if (row.line_slot !== null) slots.hold(row.line_slot);
  await sweep(parts);
  const containers = await engine.containers.list({ labels: labelFilters(instance) });
  const byId = new Map(containers.map((container) => [container.id, container]));
  for (const { id, labels } of containers) {
    const slot = Number(labels[`${labelPrefix}slot`]);
    if (!Number.isInteger(slot)) continue;
    slots.hold(slot);
    if (rows.some(({ container }) => container === id)) pool.adopt(id, slot);
  }
  for (const row of rows.filter(({ state }) => state === "ready")) {
    const container = byId.get(row.container ?? "");
    if (container?.state === "running") continue;
    try {
      if (container) await restartOne(parts, row);
      else
        await replace(
          parts,
          row,
          "Your sandbox's container was gone from the engine, so it is a new one now and your files in it are lost.",
        );
    } catch (error) {
      if (isEngineError(error, "unreachable")) throw error;
      log.warn("a sandbox could not be brought back", { error });
    }
  }
}

/** Starts a sandbox's stopped container again and leaves a note that says why it had stopped; resolves with the row as it is then. */
export async function restartOne(parts: Parts, row: SandboxRow): Promise<SandboxRow> {
  const { engine, store } = parts;
  const id = row.container ?? "";
  const { state } = await engine.containers.inspect(id);
  const outOfMemory = state.oomKilled || parts.host.ranOutOfMemory(id, state.startedAt);
  try {
    await startAgain(parts, id);
  } catch (error) {
    // An engine that was stopped in the middle of a command may never start that container again ("task already exists").
    if (!isEngineError(error, "failed", "conflict")) throw error;
    return replace(
      parts,
      row,
      "Docker could not start your sandbox's container again after it had stopped, so it is a new one now and your files in it are lost.",
    );
  }
  const why = outOfMemory
    ? `its main process was killed, because the container had used up its ${parts.host.memory() / 1024 / 1024} MB of **memory**`
    : "its main process had ended, for example because Docker was restarted";
  const notice = `Your sandbox had stopped: ${why}. It runs again and its files are still there.`;
  await store.write((tx) => changeRow(tx, row.learner, { notice }, ["ready"]));
  return { ...row, notice };
}

/** An engine that has just come up may still be clearing away what was there before. */
async function startAgain({ engine, log }: Parts, id: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await engine.containers.start(id);
    } catch (error) {
      if (tries === 5 || !isEngineError(error, "failed", "conflict")) throw error;
      log.warn("a sandbox could not be started again", { tries, detail: error.detail });
      await sleep(200 * tries);
    }
  }
}

/** Gives a sandbox a new container of the same image; resolves with the changed row. The old one is removed. */
export async function replace(parts: Parts, row: SandboxRow, notice: string | null): Promise<SandboxRow> {
  const { store, pool, host, log } = parts;
  const image = host.images().get(row.image_name ?? sharedName) ?? host.image();
  const fresh = await pool.take(image);
  const change = { container: fresh.id, image: fresh.image, notice };
  const changed = await store.write((tx) => changeRow(tx, row.learner, change, ["ready"]));
  if (!changed) {
    await pool.remove(fresh.id);
    return row;
  }
  pool.settle(fresh.id);
  if (row.container) await pool.remove(row.container).catch((error) => log.warn("removal failed", { error }));
  return { ...row, ...change };
}
