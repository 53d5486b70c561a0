/**
 * Makes a value mean the same on both engines: yes and no become 1 and 0, a missing value becomes NULL,
 * and the one character PostgreSQL cannot keep in a text becomes the replacement character.
 */
export function plainValue(value: unknown): unknown {
  switch (typeof value) {
    case "boolean":
      return value ? 1 : 0;
    case "undefined":
      return null;
    case "string":
      return value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
    default:
      return value;
  }
}
