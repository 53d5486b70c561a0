/** A length of time in whole minutes, for people. */
export function minutes(milliseconds: number): string {
  const count = Math.max(1, Math.round(milliseconds / 60_000));
  return count === 1 ? "1 minute" : `${count} minutes`;
}
