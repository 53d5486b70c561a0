import { DateTime, IANAZone } from "luxon";

/** A wall-clock time in a zone, for example 09:00 in Europe/Berlin. */
export interface DailyTime {
  hour: number;
  minute: number;
  zone: string;
}

/** Reads `9:00` or `09:00`; null for anything else. */
export function readClock(typed: string): { hour: number; minute: number } | null {
  const match = /^([01]?\d|2[0-3])[:.h]([0-5]\d)$/.exec(typed.trim());
  return match ? { hour: Number(match[1]), minute: Number(match[2]) } : null;
}

/** The zone's own spelling, for example `Europe/Berlin`; null when there is none of that name. */
export function readZone(typed: string): string | null {
  const name = typed.trim();
  if (!IANAZone.isValidZone(name)) return null;
  return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
}

/**
 * The first moment after `after` (ms) at which the clock in that zone shows the time. A time that daylight saving skips
 * is taken an hour later on that day, and one that comes twice is taken once.
 */
export function nextDaily({ hour, minute, zone }: DailyTime, after: number): number {
  const start = DateTime.fromMillis(after, { zone });
  const wanted = hour * 60 + minute;
  for (let days = 0; days < 3; days += 1) {
    const day = start.plus({ days });
    const at = DateTime.fromObject({ year: day.year, month: day.month, day: day.day, hour, minute }, { zone });
    const first = earliest(at, wanted);
    if (first > after) return first;
  }
  return start.plus({ days: 1 }).toMillis();
}

function earliest(at: DateTime, wanted: number): number {
  const before = at.minus({ hours: 1 });
  return before.hour * 60 + before.minute === wanted && before.day === at.day ? before.toMillis() : at.toMillis();
}
