import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** This program's version, from package.json. */
export const version = (
  JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }
).version;

/** What tells log lines of several bots, and of their versions, apart. `instance` is the machine or container. */
export const identity = { version, process: process.pid, instance: hostname() };
