/** Tells how long others had to wait while something went on. */
export interface StallMeter {
  /** Forgets what was; what follows counts. */
  begin(): void;
  /** The longest time (ms) at once for which no timer could fire since `begin`. Resolves when one has fired after the call. */
  end(): Promise<number>;
  stop(): void;
}

/** Ticks each millisecond and looks how late each tick is. */
export function createStallMeter(): StallMeter {
  let last = performance.now();
  let longest = 0;
  let told: (() => void) | undefined;
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
    told?.();
  };
  const timer = setInterval(tick, 1);
  return {
    begin() {
      last = performance.now();
      longest = 0;
    },
    end: () =>
      new Promise((resolve) => {
        told = () => {
          told = undefined;
          resolve(Math.max(0, longest));
        };
      }),
    stop: () => clearInterval(timer),
  };
}
