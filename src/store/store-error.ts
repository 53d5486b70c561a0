import { UserError } from "../core/errors.ts";

/** What kind of trouble the store has; `lost` and `locked` may be over in a moment. */
export type StoreTrouble = "locked" | "full" | "readonly" | "lost" | "damaged" | "newer" | "unusable";

/** Trouble with the store itself, in words for the person who meets it. Nothing of the failed write was kept. */
export class StoreError extends UserError {
  readonly trouble: StoreTrouble;

  constructor(trouble: StoreTrouble, message: string, cause?: unknown) {
    super(message);
    this.name = "StoreError";
    this.trouble = trouble;
    this.cause = cause;
  }
}

const sentences: Record<Exclude<StoreTrouble, "newer" | "unusable">, string> = {
  locked: "My memory is busy: another program holds the database. Nothing was changed; please try again in a moment.",
  full: "I cannot save anything: the disk is full. Nothing was changed. Ask the host to free some space, then try again.",
  readonly:
    "I cannot save anything: the database may only be read. Nothing was changed. Ask the host to make its folder writable.",
  lost: "I cannot reach my database at the moment. Nothing was changed and nothing is lost; please try again in a minute.",
  damaged:
    "My database file is damaged, so I stopped using it. Ask the host to put back the latest backup (see the operating guide).",
};

/** A StoreError for `cause` with the standard sentence of its kind. */
export function storeTrouble(trouble: keyof typeof sentences, cause?: unknown): StoreError {
  return new StoreError(trouble, sentences[trouble], cause);
}

// https://www.sqlite.org/rescode.html, the low byte of the extended code
const sqliteTroubles: Record<number, keyof typeof sentences> = {
  5: "locked",
  6: "locked",
  8: "readonly",
  10: "full",
  11: "damaged",
  13: "full",
  14: "readonly",
  26: "damaged",
};

/** Turns SQLite's error into a StoreError; everything that is not trouble with the store itself comes back as it was. */
export function fromSqlite(error: unknown): unknown {
  const code = (error as { errcode?: unknown }).errcode;
  const trouble = typeof code === "number" ? sqliteTroubles[code & 255] : undefined;
  return trouble ? storeTrouble(trouble, error) : error;
}
