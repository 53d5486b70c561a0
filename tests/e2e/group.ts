/** A message of the bot's that everybody sees. */
export interface Post {
  /** The platform's id of it. */
  id: string;
  /** The thread it stands in; empty for the channel itself. */
  thread: string;
  text: string;
  /** Labels of what can be pressed. */
  buttons: string[];
}

/** Something a person did, and what the bot has told them about it so far. */
export interface Deed {
  told(): string | undefined;
}

/** A question in the channel. */
export interface Question {
  /** The bot's answers to it. */
  answers(): string[];
}

/** People who study with the bot on one platform, for tests in which the bot is killed. */
export interface Group {
  name: string;
  people: readonly string[];
  /** The person's id in the store. */
  learner(who: string): string;
  mention(who: string, words: string): Question;
  /** Writes to the bot alone; `mark` is a word of it that the answer repeats. */
  direct(who: string, words: string, mark: string): Question;
  command(who: string, line: string): Deed;
  press(who: string, post: Post, label: string): Deed;
  /** Oldest first. */
  posts(): Post[];
  /** The bot was killed: resolves when the platform has seen it, and lets go of what nobody can answer any more. */
  killed(): Promise<void>;
  /** Deliveries that were acknowledged after the platform's deadline. */
  late(): number;
  /** Resolves when `look` finds something. */
  until(look: () => boolean, what: () => string): Promise<void>;
  problems(): string[];
  stop(): Promise<void>;
  environment: Record<string, string>;
}
