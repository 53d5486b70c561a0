/** How much of a paste is read, in characters, and how much of that from its beginning: what was typed stands first, the cause last. */
const most = 4000;
const head = 1200;

/** The beginning and the end of a paste of any length, at most 4,000 characters. */
export function cutPaste(paste: string): string {
  if (paste.length <= most) return paste.toWellFormed();
  return `${paste.slice(0, head)}\n${paste.slice(paste.length - (most - head - 1))}`.toWellFormed();
}
