import { accessSync, constants, existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Finding, fail, ok, warn } from "../core/checks/finding.ts";
import { isShared } from "../core/private-file.ts";
import { besideFile, refuseOldSqlite, sqliteFile } from "../store/sqlite.ts";
import { checkPostgres } from "./check-postgres.ts";
import { checkSchema } from "./check-schema.ts";
import { nearest } from "./nearest.ts";
import type { OwnCheck } from "./own-check.ts";

const name = "store";

/** Looks whether the store can be written to and which schema it has. Changes nothing in it. */
export const checkStore: OwnCheck = (surroundings) =>
  surroundings.config.DATABASE_URL
    ? checkPostgres(surroundings.config.DATABASE_URL, surroundings)
    : checkSqlite(resolve(surroundings.config.DATA_DIR));

function checkSqlite(folder: string): Finding[] {
  refuseOldSqlite(process.versions.sqlite ?? "0");
  const unwritable = whyUnwritable(folder);
  if (unwritable) return [unwritable];
  const file = join(folder, sqliteFile);
  if (!existsSync(file)) return [ok(name, `no database yet; the first start makes ${file}`)];
  return [checkFile(file), ...checkReaders(folder)];
}

/** The folder itself, or the nearest one above it where it is still to be made. */
function whyUnwritable(folder: string): Finding | undefined {
  const present = nearest(folder);
  const refuse = (found: string) =>
    fail(
      name,
      found,
      "Nothing can be kept, so Bakehouse does not start.",
      `Let this user write to it (for example \`chown ${process.getuid?.() ?? "<user>"} ${folder}\`; check that its disk is not mounted read-only), or set DATA_DIR to another folder.`,
    );
  if (!statSync(present).isDirectory()) return refuse(`${present} (DATA_DIR) is a file and not a folder`);
  try {
    accessSync(present, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return refuse(`${present} (DATA_DIR) may not be written to${code === "EROFS" ? ": its disk is read-only" : ""}`);
  }
}

function checkFile(file: string): Finding {
  try {
    const database = new DatabaseSync(file, { timeout: 5000 });
    try {
      database.exec("begin immediate; rollback");
      const [{ quick_check: health = "" } = {}] = database.prepare("pragma quick_check(1)").all();
      if (health !== "ok") return damaged(file);
      const table = database.prepare("select name from sqlite_schema where name = 'migration'").get();
      const applied = table ? database.prepare("select name from migration").all() : [];
      return checkSchema(
        applied.map((row) => String(row.name)),
        `${file} can be written to`,
      );
    } finally {
      database.close();
    }
  } catch (error) {
    const { errcode = 0 } = error as { errcode?: number };
    // https://www.sqlite.org/rescode.html: 11 is a damaged file, 26 is none at all.
    if ([11, 26].includes(errcode & 255)) return damaged(file);
    return fail(
      name,
      `${file} cannot be written to`,
      "Nothing can be kept, so Bakehouse does not start.",
      (errcode & 255) === 5
        ? "Another program holds it for long: end that program, then look again."
        : "Let this user write to the file and its folder, or set DATA_DIR to another folder.",
    );
  }
}

function damaged(file: string): Finding {
  return fail(
    name,
    `${file} is damaged`,
    "What people did cannot be read or kept.",
    "Stop the bot and put the latest backup in its place (docs/operating.md, Backups).",
  );
}

function checkReaders(folder: string): Finding[] {
  const kept = [sqliteFile, ...besideFile.map((end) => sqliteFile + end), "files"];
  const shared = kept.map((one) => join(folder, one)).filter(isShared);
  if (shared.length === 0) return [];
  return [
    warn(
      "store privacy",
      `other users of this machine can read ${shared.join(", ")}`,
      "What people asked and answered is kept there.",
      `Start the bot once, which makes it private, or run \`chmod -R go= ${shared.join(" ")}\`.`,
    ),
  ];
}
