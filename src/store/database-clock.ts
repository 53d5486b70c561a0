import type { Pool } from "pg";
import { fromPostgres } from "./store-error.ts";

/** How often (ms) the database is asked again. */
const every = 60_000;

/** The database's clock, read between two looks with this machine's steady one; several processes agree within a round trip. */
export function createDatabaseClock(pool: Pick<Pool, "query">) {
  let offset = Date.now() - performance.now();
  let watch: NodeJS.Timeout | null = null;

  async function look() {
    let best = Number.POSITIVE_INFINITY;
    for (let sample = 0; sample < 3; sample++) {
      const asked = performance.now();
      const { rows } = await pool.query("select extract(epoch from clock_timestamp())::float8 * 1000 as now");
      const trip = performance.now() - asked;
      if (trip >= best) continue;
      best = trip;
      offset = rows[0].now - asked - trip / 2;
    }
  }

  return {
    /** Milliseconds since the epoch. */
    now: () => Math.round(performance.now() + offset),
    async start() {
      await look().catch((error) => {
        throw fromPostgres(error);
      });
      watch = setInterval(() => void look().catch(() => {}), every);
      watch.unref();
    },
    stop() {
      if (watch) clearInterval(watch);
    },
  };
}
