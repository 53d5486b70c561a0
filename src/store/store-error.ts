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
  locked:
    "My memory is busy: another program holds the database, or it has too much to do. Nothing was changed; please try again in a moment.",
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

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const postgresTroubles: Record<string, keyof typeof sentences> = {
  "25006": "readonly",
  "53100": "full",
  "53300": "lost",
  "55P03": "locked",
  "57014": "locked",
  "57P01": "lost",
  "57P02": "lost",
  "57P03": "lost",
  "57P05": "lost",
  "25P03": "lost",
  XX001: "damaged",
  XX002: "damaged",
};
const networkCodes = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENOENT",
];

/** Turns `pg`'s error into a StoreError; everything that is not trouble with the store itself comes back as it was. */
export function fromPostgres(error: unknown): unknown {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  if (postgresTroubles[code]) return storeTrouble(postgresTroubles[code], error);
  const lost =
    networkCodes.includes(code) ||
    code.startsWith("08") ||
    // pg throws these two without a code.
    /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered|was closed))/.test(
      message,
    );
  return lost ? storeTrouble("lost", error) : error;
}

/** Whether PostgreSQL dropped the transaction because of another one, so that it may run again. */
export function isConflict(error: unknown): boolean {
  return ["40001", "40P01"].includes((error as { code?: string }).code ?? "");
}
