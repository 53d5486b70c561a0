import { type Finding, fail, ok, warn } from "../core/checks/finding.ts";
import { parts } from "../parts.ts";
import { migrationsOf } from "../store/part.ts";

const name = "store";

/** Compares the steps a database has been through with those of this version. */
export function checkSchema(applied: readonly string[], reached: string): Finding {
  const own = migrationsOf(parts).map((one) => one.name);
  const newer = applied.filter((one) => !own.includes(one));
  if (newer.length) {
    return fail(
      name,
      `the database was written by a newer version (it knows ${newer.join(", ")})`,
      "This version does not start with it, so that nothing is lost.",
      "Run the newer version, or put back a backup from before the update.",
    );
  }
  const missing = own.filter((one) => !applied.includes(one));
  if (missing.length && applied.length) {
    return warn(
      name,
      `${reached}, but is from an older version (it lacks ${missing.join(", ")})`,
      "The next start brings it up to date, and an older version cannot read it afterwards.",
      "Make a backup first: `npm run store -- backup`.",
    );
  }
  return ok(name, `${reached}; schema ${own.at(-1)}`);
}
