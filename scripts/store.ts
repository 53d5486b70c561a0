import { join } from "node:path";
import { UserError } from "../src/core/errors.ts";
import { parts } from "../src/parts.ts";
import { backupStore } from "../src/store/backup.ts";
import { copyStore } from "../src/store/copy.ts";
import { migrationsOf } from "../src/store/part.ts";

const usage = `Keeps and moves the bot's database.

  node scripts/store.ts backup [FILE]   copy the SQLite database of DATA_DIR, while the bot runs
  node scripts/store.ts copy            copy it into the empty PostgreSQL database of DATABASE_URL; stop the bot before
`;

/** Runs one of the two jobs; the exit code is 0, 1 when it failed, 2 when it was asked wrongly. */
async function main([job, file]: string[]): Promise<number> {
  const dataDir = process.env.DATA_DIR || "data";
  const databaseUrl = process.env.DATABASE_URL;
  if (job === "backup") {
    if (databaseUrl)
      throw new UserError("DATABASE_URL is set, so the data is in PostgreSQL: back it up with `pg_dump`.");
    const target = file ?? join(dataDir, `backup-${new Date().toISOString().replaceAll(":", "-").slice(0, 19)}.db`);
    await backupStore(dataDir, target);
    console.log(
      `Saved ${target}. To put it back: stop the bot, then copy it over bakehouse.db and delete bakehouse.db-wal and bakehouse.db-shm.`,
    );
    return 0;
  }
  if (job === "copy") {
    if (!databaseUrl)
      throw new UserError(
        "Set DATABASE_URL to the PostgreSQL database to copy into, for example postgres://user:password@host/bakehouse.",
      );
    const copied = await copyStore(dataDir, databaseUrl, migrationsOf(parts));
    for (const { table, rows, checksum } of copied)
      console.log(`${table}: ${rows} rows, checksum ${checksum.slice(0, 12)}`);
    console.log("Everything arrived as it was. Start the bot with the same DATABASE_URL.");
    return 0;
  }
  console.log(usage);
  return 2;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
