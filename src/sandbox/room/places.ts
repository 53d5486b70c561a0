import { type Account, createAccounts } from "./accounts.ts";

/** Who wants to run a command: their places are counted together, and those of their workspace. */
export interface Asker {
  person: string;
  workspace: string;
}

/** How long somebody has to wait, as far as can be foreseen (ms), and what for: their turn, or a rest after commands that had to be stopped. */
export interface Wait {
  ahead: number;
  about: number;
  why: "turn" | "rest";
}

/** A clock that tests can turn: milliseconds. `after` returns what takes it back. */
export interface Clock {
  now(): number;
  after(milliseconds: number, work: () => void): () => void;
}

export interface PlaceOptions {
  signal?: AbortSignal | undefined;
  /** Called at most once, when the wait is long enough to be told. */
  onWait?: ((wait: Wait) => void) | undefined;
}

/** Places for commands over all learners. */
export interface Places {
  /** Runs `work` when it is the asker's turn. `work` calls `offend` when it had to be stopped. Throws the signal's reason when that comes first. */
  run<T>(asker: Asker, work: (offend: () => void) => Promise<T>, options?: PlaceOptions): Promise<T>;
  /** Resolves when the person may make something new: at once, but after commands that had to be stopped. */
  rested(person: string): Promise<void>;
  /** Notes that something of this person had to be stopped by a limit. */
  offend(person: string): void;
  waiting(): number;
}

/** A command that runs longer than this (ms) no longer keeps a place from those who have asked for little. */
const quick = 300;
/** So many of one person at once. */
const perPerson = 2;
/** A shorter wait (ms) is not worth a message. */
const tellFrom = 1000;

interface Running extends Asker {
  since: number;
  /** Whether it was let in among those who use much. */
  heavy: boolean;
}

interface Waiting extends Asker {
  enter(): void;
}

/** See {@link Clock}. */
export const realClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/**
 * At most `places` commands start at a time. Whoever has used little lately waits only for starts, never for commands that take long; those who
 * have used much share all places but one, workspace by workspace and person by person; those whose commands had to be stopped
 * share one place and rest before the next.
 */
export function createPlaces(places: number, clock: Clock = realClock): Places {
  const running = new Set<Running>();
  const waiting: Waiting[] = [];
  const accounts = createAccounts(clock.now);
  let wake = () => {};

  const many = (holds: (one: Running) => boolean): number => [...running].filter(holds).length;
  const isStarting = (one: Running) => clock.now() - one.since < quick;

  function mayEnter({ person }: Asker): boolean {
    const account = accounts.of(person);
    if (many((one) => one.person === person) >= perPerson || account.restsFor > 0) return false;
    const starting = many(isStarting);
    if (!account.heavy) return starting < places;
    if (account.offender && many((one) => accounts.of(one.person).offender) > 0) return false;
    return starting < Math.max(1, places - 1) && many((one) => one.heavy) < Math.max(1, places - 1);
  }

  function inOrder(): Waiting[] {
    const rank = ({ person, workspace }: Asker) => {
      const { heavy, used } = accounts.of(person);
      return [heavy ? 1 : 0, many((one) => one.workspace === workspace), many((one) => one.person === person), used];
    };
    const ranked = waiting.map((one) => ({ one, rank: rank(one) }));
    return ranked.sort((a, b) => compare(a.rank, b.rank)).map(({ one }) => one);
  }

  function letIn(): void {
    wake();
    wake = () => {};
    for (let next = inOrder().find(mayEnter); next; next = inOrder().find(mayEnter)) {
      waiting.splice(waiting.indexOf(next), 1);
      next.enter();
    }
    if (waiting.length === 0) return;
    // Nobody tells when a start has become a run, or when a rest is over.
    const moments = [
      ...[...running].map(({ since }) => since + quick - clock.now()),
      ...waiting.map(({ person }) => accounts.of(person).restsFor),
    ].filter((one) => one > 0);
    if (moments.length) wake = clock.after(Math.min(...moments), letIn);
  }

  /** As if everybody took as long as the last time. */
  function foresee(me: Waiting): Wait {
    const order = inOrder();
    const ahead = order.indexOf(me);
    const account = accounts.of(me.person);
    const { restsFor } = account;
    if (!account.heavy) return { ahead, about: Math.max(restsFor, quick), why: restsFor > 0 ? "rest" : "turn" };
    const counted = account.offender ? (one: Account) => one.offender : (one: Account) => one.heavy;
    const lanes = account.offender ? 1 : Math.max(1, places - 1);
    const ends = [...running]
      .filter(({ person }) => counted(accounts.of(person)))
      .map(({ person, since }) => Math.max(0, since + accounts.of(person).last - clock.now()));
    while (ends.length < lanes) ends.push(0);
    for (const other of order.slice(0, ahead).filter(({ person }) => counted(accounts.of(person)))) {
      ends.sort((a, b) => a - b);
      ends[0] = Math.max(ends[0] ?? 0, accounts.of(other.person).restsFor) + accounts.of(other.person).last;
    }
    const turn = Math.min(...ends);
    return { ahead, about: Math.max(turn, restsFor), why: restsFor > turn ? "rest" : "turn" };
  }

  async function enter(asker: Asker, { signal, onWait }: PlaceOptions): Promise<Running> {
    const { promise, resolve, reject } = Promise.withResolvers<Running>();
    const me: Waiting = {
      ...asker,
      enter() {
        const mine = { ...asker, since: clock.now(), heavy: accounts.of(asker.person).heavy };
        running.add(mine);
        resolve(mine);
      },
    };
    const leave = () => {
      const at = waiting.indexOf(me);
      if (at < 0) return;
      waiting.splice(at, 1);
      reject(signal?.reason);
    };
    waiting.push(me);
    signal?.addEventListener("abort", leave, { once: true });
    if (signal?.aborted) leave();
    letIn();
    if (waiting.includes(me)) {
      const foreseen = foresee(me);
      if (foreseen.about >= tellFrom) onWait?.(foreseen);
    }
    return promise.finally(() => signal?.removeEventListener("abort", leave));
  }

  return {
    async run(asker, work, options = {}) {
      const mine = await enter(asker, options);
      let stopped = false;
      try {
        return await work(() => {
          stopped = true;
        });
      } finally {
        running.delete(mine);
        accounts.charge(asker.person, clock.now() - mine.since, stopped);
        letIn();
      }
    },
    async rested(person) {
      const { restsFor } = accounts.of(person);
      if (restsFor > 0) await new Promise<void>((done) => clock.after(restsFor, done));
    },
    offend: (person) => accounts.charge(person, 0, true),
    waiting: () => waiting.length,
  };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) if (value !== b[index]) return value - (b[index] ?? 0);
  return 0;
}
