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
