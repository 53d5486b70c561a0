/**
 * A point in time inside Markdown, for people in any time zone. Platforms that can show a reader's own clock or a countdown
 * replace it with {@link showMoments}; everywhere else the UTC time in the brackets is read.
 */
export function moment(at: number): string {
  return `[${new Date(at).toISOString().slice(11, 19)} UTC](time:${Math.round(at / 1000)})`;
}

/** Replaces every {@link moment} by what `show` makes of it; `at` in milliseconds since the epoch, `utc` as `14:32:05 UTC`. */
export function showMoments(markdown: string, show: (at: number, utc: string) => string): string {
  return markdown.replace(/\[(\d\d:\d\d:\d\d UTC)\]\(time:(\d{1,12})\)/g, (_, utc: string, seconds: string) =>
    show(Number(seconds) * 1000, utc),
  );
}
