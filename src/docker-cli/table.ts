/** The most characters of a table; one wide cell widens every row. More than a line's output holds. */
const mostCharacters = 256 * 1024;

/**
 * Rows as the `docker` program aligns them: columns at least `least` wide with three spaces between, the last one as it is. A table that
 * no message could hold ends early.
 */
export function alignTable(rows: readonly (readonly string[])[], least = 10): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? least, [...cell].length + 3);
    });
  }
  const lines: string[] = [];
  let left = mostCharacters;
  for (const row of rows) {
    left -= row.reduce((sum, cell, index) => sum + Math.max(cell.length, widths[index] ?? 0), 0);
    if (left < 0 && lines.length) break;
    const padded = row.map((cell, index) =>
      index < row.length - 1 ? cell + " ".repeat((widths[index] ?? 0) - [...cell].length) : cell,
    );
    lines.push(padded.join(""));
  }
  return lines;
}

/** A text cut to so many characters, with an ellipsis as the last of them. */
export function ellipsis(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

/** The first twelve digits of an id. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}
