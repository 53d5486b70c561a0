import { Client } from "pg";
import { type Finding, fail, type Surroundings } from "../core/checks/finding.ts";
import { checkSchema } from "./check-schema.ts";

const name = "store";

/** Looks whether the PostgreSQL at `url` lets this user in, keeps what is written, and which schema it has. Never repeats the address's password. */
export async function checkPostgres(url: string, { heard, now }: Surroundings): Promise<Finding[]> {
  const where = place(url);
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 10_000 });
  // A connection that breaks later rejects the query under way; without a listener it would end the process.
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    const { code = "" } = error as { code?: string };
    await client.end().catch(() => {});
    return [
      fail(
        name,
        `PostgreSQL at ${where} does not let the bot in (${code || "no answer"})`,
        "Nothing can be kept, so Bakehouse does not start.",
        reasons[code] ?? "Check that it runs and that host, port, user and password in DATABASE_URL are right.",
      ),
    ];
  }
  try {
    const { rows } = await client.query(`select
      pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool as readonly,
      has_schema_privilege(current_schema(), 'create') as creates,
      to_regclass('migration') is not null as known,
      extract(epoch from clock_timestamp()) * 1000 as time`);
    const { readonly, creates, known, time } = rows[0];
    heard({ whose: "PostgreSQL", theirs: Number(time), ours: now() });
    if (readonly || !creates) {
      return [
        fail(
          name,
          `the database at ${where} ${readonly ? "may only be read" : "does not let this user make tables"}`,
          "Nothing can be kept, so Bakehouse does not start.",
          readonly
            ? "Name the primary and not a replica in DATABASE_URL."
            : "Make the user the owner of the database: `alter database … owner to …`.",
        ),
      ];
    }
    const applied = known ? (await client.query("select name from migration")).rows : [];
    return [
      checkSchema(
        applied.map((row) => String(row.name)),
        `PostgreSQL at ${where} can be written to`,
      ),
    ];
  } finally {
    await client.end();
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const reasons: Record<string, string> = {
  "28P01": "The password in DATABASE_URL is wrong.",
  "28000": "The user in DATABASE_URL may not connect: see pg_hba.conf.",
  "3D000": "That database is not there: make it with `createdb`.",
  ECONNREFUSED: "Start PostgreSQL, or correct host and port in DATABASE_URL.",
  ENOTFOUND: "The host in DATABASE_URL is not known: correct it.",
};

/** Host and database of an address, without user and password. */
function place(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host || "the local socket"}${pathname}`;
  } catch {
    return "DATABASE_URL";
  }
}
