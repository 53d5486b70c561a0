/** Something a platform was told, as it is kept until it is answered. */
export interface Told {
  /** The same however often the platform delivers it. */
  key: string;
  platform: string;
  /** The platform's own name for the workspace. */
  workspace: string;
  /** Everything that is needed to answer it later, and no more. */
  body: string;
  /** For how long (ms) from now an answer is still worth something. */
  worthMs: number;
}

/** What an earlier process was told and had not answered when it ended. */
export interface Left {
  key: string;
  body: string;
  /** What was noted last; undefined when nothing was. */
  note?: unknown;
}

/** Keeps what a platform tells the bot, so that it may be acknowledged before it is answered. */
export interface Inbox {
  /** Whether an event is in work, or was answered in the last 48 hours. Rejects with a StoreError. */
  knows(key: string): Promise<boolean>;
  /** Resolves when it is on disk: true when it is new, false when it is known. `note` is its first note. Rejects with a StoreError. */
  keep(told: Told, note?: unknown): Promise<boolean>;
  /** Notes how far the answer to a kept event is, as anything that fits into JSON. Never throws. */
  note(key: string, note: unknown): Promise<void>;
  /** It is answered: only its key stays. An event that was answered before it was kept is known from here on. Never throws. */
  done(told: Pick<Told, "key" | "platform" | "workspace">): Promise<void>;
  /**
   * Hands out what processes that are gone left, oldest first and each to one caller, who has begun it then; what was begun in vain ten
   * times is given up. Throws a StoreError.
   */
  left(platform: string): AsyncIterableIterator<Left>;
}
