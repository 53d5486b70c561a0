import { statfsSync } from "node:fs";
import { resolve } from "node:path";
import { fail, ok, warn } from "../core/checks/finding.ts";
import { nearest } from "./nearest.ts";
import type { OwnCheck } from "./own-check.ts";

const MB = 1024 * 1024;
/** Bytes. Below the first the next quiz evening may not fit, below the second the next update may not. */
const least = 50 * MB;
const comfortable = 500 * MB;

/** Looks how much room there is where the bot keeps its files. */
export const checkDisk: OwnCheck = ({ config }) => {
  const name = "disk";
  const folder = nearest(resolve(config.DATA_DIR));
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const found = `${free < 10_000 * MB ? `${Math.floor(free / MB)} MB` : `${Math.floor(free / MB / 1024)} GB`} free at ${folder}`;
  const mend = "Free some space on that disk, or set DATA_DIR to a folder on another one.";
  if (free < least) return [fail(name, found, "Soon nothing can be kept any more.", mend)];
  if (free < comfortable) return [warn(name, found, "A backup or a burst of sandboxes may fill the disk.", mend)];
  return [ok(name, found)];
};
