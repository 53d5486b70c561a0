import { DateTime } from "luxon";

/** The ISO week of a time in ms, in UTC, as `2026-W32`; sorts in order. */
export function weekOf(at: number): string {
  return DateTime.fromMillis(at, { zone: "utc" }).toFormat("kkkk-'W'WW");
}
