import { CliError } from "../engine/cli-error.ts";

const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** `10m`, `1h30m`, a Unix time or a date, as `--since` takes them; milliseconds since the epoch. Throws {@link CliError}. */
export function readMoment(typed: string, now: number): number {
  if (/^(\d{1,9}(\.\d{1,9})?(h|ms|m|s))+$/.test(typed)) {
    let span = 0;
    for (const [, amount, unit = ""] of typed.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g))
      span += Number(amount) * (units[unit] ?? 0);
    return now - span;
  }
  if (/^\d{1,12}(\.\d{1,9})?$/.test(typed)) return Number(typed) * 1000;
  const at = /^\d{4}-\d\d-\d\d/.test(typed) ? Date.parse(typed) : Number.NaN;
  if (Number.isNaN(at))
    throw new CliError(
      `invalid value for "since": failed to parse value as time or duration: ${JSON.stringify(typed)}`,
    );
  return at;
}
