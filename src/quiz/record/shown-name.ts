/** What is shown for somebody who has not chosen to be named. */
export const guest = "a guest";

/** A display name that cannot format, mention or hide anything: at most 32 visible characters. */
export function shownName(name: string): string {
  const safe = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}*_`~|<>@#[\]()\\:/]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return [...safe].slice(0, 32).join("") || guest;
}

/** What somebody typed, on one line and without formatting, cut at `most` characters. */
export function shownLine(typed: string, most: number): string {
  const safe = typed
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}*_`~|<>@#[\]\\]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const letters = [...safe];
  return letters.length > most ? `${letters.slice(0, most).join("")}…` : safe;
}
