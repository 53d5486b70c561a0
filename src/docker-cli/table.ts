/** Rows as the `docker` program aligns them: columns at least ten wide with three spaces between, the last one as it is. */
export function alignTable(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 10, [...cell].length + 3);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, index) =>
        index < row.length - 1 ? cell + " ".repeat((widths[index] ?? 0) - [...cell].length) : cell,
      )
      .join(""),
  );
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
