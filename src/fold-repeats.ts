import type { Log } from "./core/log.ts";

/** How long (ms) the same trouble is only counted after it was told. */
const quietFor = 60_000;
/** More kinds of trouble than this at once are told one by one. */
const most = 200;

type Level = "warn" | "error";

interface Trouble {
  level: Level;
  event: string;
  why: string | undefined;
  /** How often it came since it was told, by event. */
  since: Map<string, number>;
  timer: NodeJS.Timeout;
}

/**
 * The same log, in which a warning or error that repeats is written once with all its details and then once a minute with how often it
 * came, as long as it comes. An error is the same one wherever it is met; without an error the event and its details decide. `flush`
 * writes the counts that are still open.
 */
export function foldRepeats(log: Log): { log: Log; flush(): void } {
  const open = new Map<string, Trouble>();

  function summarise(key: string, trouble: Trouble): void {
    const repeated = [...trouble.since.values()].reduce((sum, count) => sum + count, 0);
    if (repeated === 0) {
      open.delete(key);
      return;
    }
    log[trouble.level](trouble.event, {
      repeated,
      ...(trouble.why !== undefined && { why: trouble.why }),
      ...(trouble.since.size > 1 && { events: Object.fromEntries(trouble.since) }),
    });
    trouble.since.clear();
    trouble.timer.refresh();
  }

  function tell(level: Level, event: string, details: Record<string, unknown> = {}): void {
    const key = keyOf(level, event, details);
    const known = open.get(key);
    if (known && "reference" in details) {
      // Somebody was shown this reference and may ask for it.
      const { error: _, ...rest } = details;
      log[level](event, { ...rest, why: known.why });
      return;
    }
    if (known) {
      known.since.set(event, (known.since.get(event) ?? 0) + 1);
      return;
    }
    log[level](event, details);
    if (open.size >= most) return;
    const trouble: Trouble = {
      ...{ level, event, why: wordsOf(details.error), since: new Map() },
      timer: setTimeout(() => summarise(key, trouble), quietFor).unref(),
    };
    open.set(key, trouble);
  }

  return {
    log: {
      ...log,
      warn: (event, details) => tell("warn", event, details),
      error: (event, details) => tell("error", event, details),
    },
    flush() {
      for (const [key, trouble] of open) {
        summarise(key, trouble);
        clearTimeout(trouble.timer);
      }
      open.clear();
    },
  };
}

function keyOf(level: Level, event: string, details: Record<string, unknown>): string {
  const why = wordsOf(details.error);
  return why === undefined ? `${level} ${event} ${writeDetails(details)}` : `${level} ${why}`;
}

function wordsOf(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function writeDetails(details: Record<string, unknown>): string {
  try {
    return JSON.stringify(details);
  } catch {
    return Object.keys(details).join();
  }
}
