import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { startBot } from "../harness/bot.ts";

const main = new URL("../../src/start.js", import.meta.url).pathname;
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** Runs a bot with a umask that hides nothing. */
async function runOpenly(input: string, dataDir: string): Promise<void> {
  const child = spawn("sh", ["-c", 'umask 000; exec "$0" "$1"', process.execPath, main], {
    env: { PATH: process.env.PATH ?? "", DATA_DIR: dataDir, SANDBOX_TOTAL: "0" },
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.stdin.end(input);
  await new Promise((resolve) => child.on("close", resolve));
}

it("what people asked and answered is only for the bot's user, whatever the folder and the umask allow", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-open-"));
  chmodSync(dataDir, 0o777);
  await runOpenly("progress export\n", dataDir);
  expect(modeOf(join(dataDir, "bakehouse.db"))).toBe("600");
  expect(modeOf(join(dataDir, "files"))).toBe("700");
  expect(modeOf(join(dataDir, "files", "bakehouse-my-data.json"))).toBe("600");
});

it("what was there before and open to others is closed at the next start", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-older-"));
  const database = join(dataDir, "bakehouse.db");
  const older = new DatabaseSync(database);
  older.exec("pragma journal_mode = wal; create table one (a); insert into one values (1)");
  const files = [database, `${database}-wal`, `${database}-shm`];
  for (const file of files) chmodSync(file, 0o666);
  mkdirSync(join(dataDir, "files"), { mode: 0o755 });
  writeFileSync(join(dataDir, "files", "old.json"), "{}", { mode: 0o644 });
  const bot = startBot({ DATA_DIR: dataDir, SANDBOX_TOTAL: "0" });
  bot.write("what is a layer\n");
  await bot.printed(/Helpful/);
  expect(files.map(modeOf)).toEqual(["600", "600", "600"]);
  expect(modeOf(join(dataDir, "files"))).toBe("700");
  expect(modeOf(join(dataDir, "files", "old.json"))).toBe("600");
  bot.end();
  await bot.ended;
  older.close();
});

it("whoever is forgotten has no export left, and others keep theirs", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-forget-"));
  const mine = join(dataDir, "files", "bakehouse-my-data.json");
  const bot = startBot({ DATA_DIR: dataDir, SANDBOX_TOTAL: "0" });
  bot.write("progress export\nas ada: progress forget sure:yes\n");
  await bot.printed(/I keep nothing about you/);
  expect(existsSync(mine)).toBe(true);
  bot.write("progress forget sure:yes\n");
  bot.end();
  await bot.ended;
  expect(existsSync(mine)).toBe(false);
});
