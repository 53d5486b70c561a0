import { setTimeout as sleep } from "node:timers/promises";
import { isEngineError } from "../../engine/engine-error.ts";
import { labelPrefix } from "../../engine/policy.ts";
import { sharedName } from "../guard/host.ts";
import { labelFilters, sweep } from "../guard/sweep.ts";
import type { Parts } from "../parts.ts";
import { carryFiles } from "./carry-files.ts";
import { changeRow, listRows, type SandboxRow } from "./rows.ts";

/**
 * Brings what the store says and what the engine has together, after a restart of either. Resolves with the containers that run programs of
 * learners, which nobody watches yet.
 */
export async function recover(parts: Parts): Promise<{ id: string; owner: string }[]> {
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
  return containers.flatMap(({ id, labels, state }) => {
    const owner = labels[`${labelPrefix}owner`];
    return owner !== undefined && state === "running" ? [{ id, owner }] : [];
  });
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
    return replace(parts, row, async (fresh) =>
      (await carryFiles(engine, id, fresh))
        ? "Docker could not start your sandbox's container again after it had stopped, so it is a new one now. What you had changed was copied into it."
        : "Docker could not start your sandbox's container again after it had stopped, so it is a new one now and your files in it are lost.",
    );
  }
  const why = outOfMemory
    ? `its main process was killed, because the container had used up its ${parts.host.memory() / 1024 / 1024} MB of **memory**`
    : "its main process had ended, for example because Docker was restarted";
  const notice = `Your sandbox had stopped: ${why}. It runs again and its files are still there.`;
  await store.write((tx) => changeRow(tx, row.learner, { notice }, ["ready"]));
  return { ...row, notice };
}

/** An engine that was stopped in a bad moment holds a container for running for ever; measured on 20.10, where no later try ever worked. */
const forgotten = /already exists|already in use|file exists/;

/** An engine that has just come up may still be clearing away what was there before. */
async function startAgain({ engine, log }: Parts, id: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await engine.containers.start(id);
    } catch (error) {
      if (!isEngineError(error, "failed", "conflict")) throw error;
      if (tries === (forgotten.test(error.detail) ? 2 : 5)) throw error;
      log.warn("a sandbox could not be started again", { tries, detail: error.detail });
      await sleep(200 * tries);
    }
  }
}

/**
 * Gives a sandbox a new container of the same image; resolves with the changed row. The old one is removed. A function as `notice` may put
 * something into the new one before it is the learner's, and says what they are told.
 */
export async function replace(
  parts: Parts,
  row: SandboxRow,
  notice: string | null | ((fresh: string) => Promise<string>),
): Promise<SandboxRow> {
  const { store, pool, host, log } = parts;
  const image = host.images().get(row.image_name ?? sharedName) ?? host.image();
  const fresh = await pool.take(image);
  const said = typeof notice === "function" ? await furnish(parts, fresh.id, notice) : notice;
  const change = { container: fresh.id, image: fresh.image, notice: said };
  const changed = await store.write((tx) => changeRow(tx, row.learner, change, ["ready"]));
  if (!changed) {
    await pool.remove(fresh.id);
    return row;
  }
  pool.settle(fresh.id);
  if (row.container) await pool.remove(row.container).catch((error) => log.warn("removal failed", { error }));
  return { ...row, ...change };
}

async function furnish({ pool }: Parts, fresh: string, work: (fresh: string) => Promise<string>): Promise<string> {
  try {
    return await work(fresh);
  } catch (error) {
    await pool.remove(fresh).catch(() => {});
    throw error;
  }
}
