import type { Caller } from "./context.ts";

/**
 * The day of a moment (ms since the epoch) as this person would write it: in their time zone where the platform tells it, else in UTC, and in the
 * order of their region. The words are English, because everything around them is.
 */
export function personalDate(at: number, { locale, zone }: Pick<Caller, "locale" | "zone">): string {
  return new Intl.DateTimeFormat(englishOf(locale), { dateStyle: "long", timeZone: zone ?? "UTC" }).format(at);
}

/** English as it is written in the locale's region: `en-DE` for `de-DE`. British where no region is named or the locale is none. */
function englishOf(locale: string): string {
  try {
    return `en-${new Intl.Locale(locale.replaceAll("_", "-")).region ?? "GB"}`;
  } catch {
    return "en-GB";
  }
}
