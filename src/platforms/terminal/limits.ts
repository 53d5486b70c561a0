/** The terminal's own numbers. */
export const limits = {
  /** Columns used when standard output is not a terminal. */
  pipedWidth: 100,
  /** Wider lines are hard to read, whatever the window. */
  maxWidth: 100,
  minWidth: 20,
  /** One message, over several lines, in characters; longer ones are cut before they are read. */
  message: 100_000,
  /** Messages that wait for their turn before no more are read from a pipe. */
  waiting: 100,
  /** Lines kept for the arrow keys, and the longest of them, in characters. */
  history: 200,
  historyLine: 1000,
  /** How much of a program's output is printed; more comes as a file. */
  room: { lines: 500, characters: 50_000 },
  /** Posts whose words are remembered, so that an edit is printed only when it says something new. */
  posts: 200,
} as const;
