const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** A span of time (ms) as Docker says it: "Less than a second", "About a minute", "3 weeks". */
export function humanDuration(span: number): string {
  const seconds = Math.trunc(span / second);
  if (seconds < 1) return "Less than a second";
  if (seconds === 1) return "1 second";
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.trunc(span / minute);
  if (minutes === 1) return "About a minute";
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.trunc(span / hour + 0.5);
  if (hours === 1) return "About an hour";
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.trunc(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.trunc(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`;
  return `${Math.trunc(span / hour / 24 / 365)} years`;
}

/** `2 minutes ago`; both in milliseconds since the epoch. */
export function ago(then: number, now: number): string {
  return `${humanDuration(Math.max(0, now - then))} ago`;
}

/** Bytes in decimal units with three or four significant digits: `1.98MB`, `0B`. */
export function humanSize(bytes: number, digits = 3): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${significant(size, digits)}${units[unit]}`;
}

/** A number as Go's `%.3g` writes it. */
function significant(value: number, digits: number): string {
  const [mantissa = "0", exponent = "0"] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (power < -4 || power >= digits) {
    const sign = power < 0 ? "-" : "+";
    return `${trimZeros(mantissa)}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  return trimZeros(value.toFixed(digits - 1 - power));
}

function trimZeros(written: string): string {
  return written.includes(".") ? written.replace(/\.?0+$/, "") : written;
}

/** Bytes as typed at `--memory`: `64m`, `1g`, `512k`, `1048576`; undefined for anything else. */
export function readBytes(typed: string): number | undefined {
  const [, amount, unit = ""] = /^(\d{1,15}(?:\.\d+)?)\s?([bkmgt]?)(?:i?b)?$/i.exec(typed) ?? [];
  if (amount === undefined) return undefined;
  const power = "bkmgt".indexOf(unit.toLowerCase() || "b");
  return Math.trunc(Number(amount) * 1024 ** power);
}

/** `2026-11-23 05:25:51 +0000 UTC`, as Go prints a time. */
export function goTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} +0000 UTC`;
}
