/** A learner's place in the line for a sandbox. */
export interface Ticket {
  /** How many are ahead. */
  ahead(): number;
  /** Whether it is this one's turn to try. */
  turn(): boolean;
  /** Lets those behind pass until something changes: this one cannot be served now, for a reason of its own. */
  yieldTurn(): void;
  /** There is no room for anybody until something changes. */
  full(): void;
  /** Whether this one has to wait for room, and not only for those ahead to be served in a moment. */
  mustWait(): boolean;
  /** Resolves at the next change, or after `time` ms. */
  changed(time: number): Promise<void>;
  leave(): void;
}

export interface Queue {
  join(): Ticket;
  /** Tells everybody that room may have become free. */
  poke(): void;
  length(): number;
}

/** First come, first served. In memory: nobody in it has been promised anything yet. */
export function createQueue(): Queue {
  const line: { yielded: boolean }[] = [];
  let full = false;
  let change = Promise.withResolvers<void>();
  const announce = () => {
    full = false;
    change.resolve();
    change = Promise.withResolvers<void>();
  };
  return {
    join() {
      const me = { yielded: false };
      line.push(me);
      return {
        ahead: () => line.indexOf(me),
        turn: () => line.find((one) => !one.yielded) === me,
        yieldTurn() {
          me.yielded = true;
          announce();
        },
        full() {
          full = true;
        },
        mustWait: () => full || me.yielded,
        async changed(time) {
          const timer = Promise.withResolvers<void>();
          const handle = setTimeout(timer.resolve, time);
          await Promise.race([change.promise, timer.promise]);
          clearTimeout(handle);
        },
        leave() {
          const at = line.indexOf(me);
          if (at >= 0) line.splice(at, 1);
          announce();
        },
      };
    },
    poke() {
      for (const one of line) one.yielded = false;
      announce();
    },
    length: () => line.length,
  };
}
