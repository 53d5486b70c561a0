/** A message as one person sees it, whatever the platform. */
export interface Shown {
  /** In Markdown, code in fences. */
  text: string;
  buttons: string[];
  /** Alternative texts of pictures. */
  pictures: string[];
  files: string[];
  /** Whether nobody else sees it. */
  private: boolean;
  /** Presses a button of it. */
  press(who: string, label: string): void;
}

/** People around the bot on one platform. What they do is sent at once; what comes of it is waited for with `see`. */
export interface Table {
  /** The platform's name, for readers. */
  name: string;
  /** Writes a line in the channel that mentions the bot. */
  mention(who: string, line: string): void;
  /** Uses the platform's own command. */
  command(who: string, line: string): void;
  /** How that command looks to who types it. */
  typed(line: string): string;
  /** Remembers what stands there now: `see` looks only for what is new or changed since. */
  mark(): void;
  /** The newest such message that `who` can see. Rejects when none comes in two minutes. */
  see(who: string, pattern: RegExp): Promise<Shown>;
  /** How many of the bot's messages everybody sees that match. */
  count(pattern: RegExp): number;
  /** Resolves when a bot is connected, or none any more. */
  connected(yes: boolean): Promise<void>;
  /** Every breach of the platform's rules so far, and every event that was not acknowledged. */
  problems(): string[];
  stop(): Promise<void>;
}

/** Waits for something that may take longer than a fake's own patience, in ms. Rejects with what did not happen. */
export async function patiently<T>(
  world: { until<F>(look: () => F | undefined | null | false, what?: string): Promise<F> },
  look: () => T | undefined | null | false,
  what: () => string,
  patience = 120_000,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await world.until(look);
    } catch {
      if (Date.now() > end) throw new Error(what());
    }
  }
}
