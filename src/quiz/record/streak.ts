/** Days in a row with an answer; `day` as `2026-08-06`. */
export interface Streak {
  days: number;
  day: string;
}

/** The UTC day of a time in ms. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The streak after an answer at `at`. */
export function countDay(streak: Streak | null, at: number): Streak {
  const today = dayOf(at);
  if (!streak || streak.day > today) return streak ?? { days: 1, day: today };
  if (streak.day === today) return streak;
  return { days: streak.day === dayOf(at - 86_400_000) ? streak.days + 1 : 1, day: today };
}

/** How many days the streak counts now: one that ended before yesterday is 0. */
export function currentStreak(streak: Streak | null, now: number): number {
  return streak && streak.day >= dayOf(now - 86_400_000) ? streak.days : 0;
}
