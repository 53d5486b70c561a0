import { type Log, silentLog } from "../core/log.ts";
import { isGone, nameOwner } from "./owner.ts";
import type { Store } from "./store.ts";

/** What a duty does when it comes to this process and when it leaves it. Neither may throw. */
interface Duty {
  gained(): void;
  lost(): void;
}

/** Duties that exactly one of several processes has, and the sign of life of this process. */
export interface Leases {
  /** This process, as it is called in the store. */
  owner: string;
  /** Starts the sign of life, and frees what processes that are gone had in their hands. */
  start(): Promise<void>;
  /** Takes or renews the lease `name` for 15 s; false while another process has it. */
  take(name: string): Promise<boolean>;
  release(name: string): Promise<void>;
  /** Tries for the duty every 5 s and keeps it; resolves after the first try. */
  keep(name: string, duty: Duty): Promise<void>;
  /** Gives everything back. */
  stop(): Promise<void>;
}

/** How long a lease lasts and how often it is renewed, in ms. */
export const leaseTime = 15_000;
const renewEvery = 5_000;
/** The lease that says a process lives; the outbox's claims count as long as it does. */
export const processLease = "process:";

/** Leases as rows: no session of the database is involved, so they work behind PgBouncer as well. */
export function createLeases(store: Store, { log = silentLog }: { log?: Log } = {}): Leases {
  const owner = nameOwner();
  const duties = new Map<string, Duty & { until: number }>();
  let watch: NodeJS.Timeout | null = null;
  let renewing: Promise<void> = Promise.resolve();

  const take = (name: string) =>
    store.write(async (tx) => {
      const now = store.now();
      const lease = { owner, until: now + leaseTime };
      const mine = await tx
        .insertInto("lease")
        .values({ name, ...lease })
        .onConflict((conflict) =>
          conflict
            .column("name")
            .doUpdateSet(lease)
            .where(({ or, eb }) => or([eb("lease.owner", "=", owner), eb("lease.until", "<=", now)])),
        )
        .returning("name")
        .executeTakeFirst();
      return mine !== undefined;
    });

  const release = (name: string) =>
    store.write(async (tx) => {
      await tx.deleteFrom("lease").where("name", "=", name).where("owner", "=", owner).execute();
    });

  /** Frees the leases of processes that are gone, so that nobody has to wait for them to run out. */
  async function bury() {
    const processes = await store.read
      .selectFrom("lease")
      .selectAll()
      .where("name", "like", `${processLease}%`)
      .execute();
    for (const { owner: other, until } of processes) {
      const gone = isGone(other);
      if (!gone && until > store.now()) continue;
      await store.write((tx) => {
        const leases = tx.deleteFrom("lease").where("owner", "=", other);
        // One that was only slow may have renewed its lease in the meantime.
        return (gone ? leases : leases.where("until", "<=", store.now())).execute();
      });
    }
  }

  async function tryFor(name: string, duty: Duty & { until: number }) {
    const had = duty.until > 0;
    const asked = store.now();
    try {
      duty.until = (await take(name)) ? asked + leaseTime : 0;
    } catch {
      // Without the store the lease lasts as long as it was given.
      if (duty.until <= store.now()) duty.until = 0;
    }
    if (duty.until && !had) duty.gained();
    if (!duty.until && had) duty.lost();
  }

  async function renew() {
    try {
      await take(processLease + owner);
      await bury();
    } catch (error) {
      log.warn("lease not renewed", { error });
    }
    for (const [name, duty] of duties) await tryFor(name, duty);
  }

  return {
    owner,
    async start() {
      await take(processLease + owner);
      await bury();
      watch = setInterval(() => {
        renewing = renewing.then(renew);
      }, renewEvery);
    },
    take,
    release,
    async keep(name, duty) {
      const kept = { ...duty, until: 0 };
      duties.set(name, kept);
      await tryFor(name, kept);
    },
    async stop() {
      if (watch) clearInterval(watch);
      watch = null;
      await renewing;
      for (const duty of duties.values()) if (duty.until) duty.lost();
      duties.clear();
      // Without the store they run out by themselves.
      await store
        .write((tx) => tx.deleteFrom("lease").where("owner", "=", owner).execute())
        .catch((error) => log.warn("leases not given back", { error }));
    },
  };
}
