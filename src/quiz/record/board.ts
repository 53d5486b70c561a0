import { type Ranked, sharedRanks } from "./ranks.ts";
import { guest, shownName } from "./shown-name.ts";

/** Somebody's points; `name` is null for people who are not named. */
export interface BoardEntry {
  learner: string;
  name: string | null;
  points: number;
}

const shown = 5;

/** `3 right`, for one round. */
export const inRight = (points: number): string => `${points} right`;
/** `1 point`, for leaderboards. */
export const inPoints = (points: number): string => `${points} ${points === 1 ? "point" : "points"}`;

/** The top of a scoreboard as Markdown lines. Everybody on the last shown rank is counted, at most `most` lines are printed. */
export function describeBoard(entries: readonly BoardEntry[], unit: (points: number) => string, most = shown): string {
  const ranked = sharedRanks(entries);
  const top = ranked.slice(0, most);
  const rest = ranked.slice(most);
  const level = rest.filter(({ rank }) => rank === top.at(-1)?.rank).length;
  const lines = groupGuests(top).map(({ rank, label, points }) => `- ${rank}. ${label}: ${unit(points)}`);
  if (level > 0) lines.push(`- and ${level} more with the same score`);
  return lines.join("\n");
}

/** Several guests on one rank are one line, so that a board does not read like a list of strangers. */
function groupGuests(top: Ranked<BoardEntry>[]): { rank: number; label: string; points: number }[] {
  const lines: { rank: number; label: string; points: number; guests: number }[] = [];
  for (const { rank, name, points } of top) {
    const before = lines.find((line) => line.rank === rank && line.guests > 0);
    if (name === null && before) before.guests += 1;
    else lines.push({ rank, points, label: name === null ? guest : shownName(name), guests: name === null ? 1 : 0 });
  }
  return lines.map(({ rank, label, points, guests }) => ({
    rank,
    points,
    label: guests > 1 ? `${guests} guests` : label,
  }));
}
