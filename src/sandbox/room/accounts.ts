/** What somebody has used of the places lately. Milliseconds. */
export interface Account {
  /** Time in a place, of which half is forgotten every half minute. */
  used: number;
  /** How long their last command took; before the first, as long as one may take. */
  last: number;
  /** They have used much lately, and wait behind those who have not. */
  heavy: boolean;
  /** More than one of their last commands had to be stopped. */
  offender: boolean;
  /** Until when they rest, from now. */
  restsFor: number;
}

export interface Accounts {
  of(person: string): Account;
  /** A command took `time`; `stopped` when it had to be stopped by a limit. */
  charge(person: string, time: number, stopped: boolean): void;
}

const halfLife = 30_000;
const heavyFrom = 3000;
/** The first command that has to be stopped is how one learns what a limit is; after that each costs twice the rest. */
const firstRest = 1000;
const longestRest = 8000;
/** Of those who did nothing for so long nothing is remembered. */
const forgetAfter = 10 * halfLife;
const longest = 10_000;

interface Entry {
  used: number;
  strikes: number;
  last: number;
  at: number;
  restsUntil: number;
}

/** In memory: after a new start everybody begins afresh. */
export function createAccounts(now: () => number): Accounts {
  const entries = new Map<string, Entry>();

  function read(person: string): Entry {
    const entry = entries.get(person);
    if (!entry) return { used: 0, strikes: 0, last: longest, at: now(), restsUntil: 0 };
    const kept = 0.5 ** ((now() - entry.at) / halfLife);
    return { ...entry, used: entry.used * kept, strikes: entry.strikes * kept, at: now() };
  }

  return {
    of(person) {
      const { used, strikes, last, restsUntil } = read(person);
      const offender = strikes > 1;
      return { used, last, offender, heavy: offender || used > heavyFrom, restsFor: Math.max(0, restsUntil - now()) };
    },
    charge(person, time, stopped) {
      const entry = read(person);
      const strikes = entry.strikes + (stopped ? 1 : 0);
      const rest = stopped && strikes > 1 ? Math.min(longestRest, firstRest * 2 ** Math.floor(strikes - 1)) : 0;
      entries.set(person, {
        used: entry.used + time,
        strikes,
        last: time || entry.last,
        at: now(),
        restsUntil: Math.max(entry.restsUntil, rest ? now() + rest : 0),
      });
      for (const [other, { at }] of entries) if (now() - at > forgetAfter) entries.delete(other);
    },
  };
}
