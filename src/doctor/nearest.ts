import { statSync } from "node:fs";
import { dirname } from "node:path";

/** The path itself, or the first one above it that is there. */
export function nearest(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) || dirname(path) === path ? path : nearest(dirname(path));
}
