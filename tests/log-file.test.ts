import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createLog, logPath } from "../src/log.ts";
import { openLogFile } from "../src/log-file.ts";
import { runBot } from "./harness/bot.ts";

const folder = () => mkdtempSync(join(tmpdir(), "bakehouse-log-"));

describe("the log file", () => {
  it("is for its owner only, also when it was there before", () => {
    const path = join(folder(), "deep", "bakehouse.log");
    openLogFile(path).write("one\n");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const older = join(folder(), "older.log");
    writeFileSync(older, "old\n", { mode: 0o644 });
    openLogFile(older).write("new\n");
    expect(statSync(older).mode & 0o777).toBe(0o600);
    expect(readFileSync(older, "utf8")).toBe("old\nnew\n");
  });

  it("stays bounded, and keeps the last lines", () => {
    const path = join(folder(), "bakehouse.log");
    const log = openLogFile(path, 1000);
    for (let line = 0; line < 500; line++) log.write(`${String(line).padStart(40, " ")}\n`);
    const sizes = [path, `${path}.1`].map((one) => statSync(one).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
    expect(readFileSync(path, "utf8")).toMatch(/ 499\n$/);
  });

  it("lies beside the data in the terminal, and a bot in chats logs to standard error", () => {
    expect(logPath({ DATA_DIR: "data" }, false)).toBe("data/bakehouse.log");
    expect(logPath({ DATA_DIR: "data" }, true)).toBeUndefined();
    expect(logPath({ DATA_DIR: "data", LOG_FILE: "/srv/x.log" }, true)).toBe("/srv/x.log");
    expect(logPath({ DATA_DIR: "data", LOG_FILE: "stderr" }, false)).toBeUndefined();
  });

  it("that cannot be written is told in one sentence", () => {
    expect(() => createLog("info", "/dev/null/bakehouse.log")).toThrow(/cannot be written[\s\S]*LOG_FILE/);
  });
});

describe("a terminal whose engine is away", () => {
  it("says so in words, with the log in its file", { timeout: 60_000 }, async () => {
    const DATA_DIR = folder();
    const settings = { DATA_DIR, LOG_LEVEL: "info", LOG_FILE: "", DOCKER_HOST: "unix:///nowhere/docker.sock" };
    const { stdout, stderr, status } = await runBot("sandbox start\nwhat is a layer\n", settings);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).not.toMatch(/[{]"level"|\.ts:\d| at \w+ \(/);
    expect(readFileSync(join(DATA_DIR, "bakehouse.log"), "utf8")).toMatch(/the engine is not usable/);
  });
});
