import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** How much one person may ask of the bot: `points` in `duration` seconds. Fast quiz players stay well below. */
export const perPerson = { points: 40, duration: 60 };

/** Counts what each person asks; resolves with the seconds to wait, 0 when there is nothing to wait for. */
export function createThrottle(limit = perPerson): (person: string) => Promise<number> {
  const limiter = new RateLimiterMemory(limit);
  return async (person) => {
    try {
      await limiter.consume(person);
      return 0;
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    }
  };
}
