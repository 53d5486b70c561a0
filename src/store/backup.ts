import { once } from "node:events";
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { UserError } from "../core/errors.ts";
import { reservePrivate } from "../core/private-file.ts";
import { sqliteFile } from "./sqlite.ts";

/**
 * Copies the SQLite store in `dataDir` into the new file `target`, complete and consistent while the bot goes on writing.
 * A worker thread does it, so that the event loop stays free. Throws a UserError, and then leaves no half copy.
 */
export async function backupStore(dataDir: string, target: string): Promise<void> {
  const source = join(dataDir, sqliteFile);
  if (!existsSync(source))
    throw new UserError(`There is no database in \`${dataDir}\`. Set DATA_DIR to the folder the bot uses.`);
  if (existsSync(target))
    throw new UserError(`\`${target}\` is there already, and a backup never overwrites. Choose another name.`);
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    // SQLite writes into an empty file that is there: so nobody else can read the copy, not even for a moment.
    reservePrivate(unfinished);
  } catch (error) {
    throw backupTrouble(target, error);
  }
  const worker = new Worker(new URL("./backup-worker.ts", import.meta.url), {
    workerData: { source, target: unfinished },
  });
  try {
    const [{ problem }] = await once(worker, "message");
    if (problem) throw new Error(problem);
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw backupTrouble(target, error);
  }
}

function backupTrouble(target: string, error: unknown): UserError {
  return new UserError(
    `The backup to \`${target}\` failed (${(error as Error).message}). Check that its folder is there, may be written to and has room.`,
  );
}
