import { LRUCache } from "lru-cache";
import type { Caller } from "../core/context.ts";
import { workspaceKey } from "../core/place-key.ts";
import { directoryOf, type PlatformDirectory } from "../core/platform-kind.ts";
import type { Activity, Rules } from "../core/rules.ts";
import { afterCommit } from "../store/scope.ts";
import type { Store, Tx } from "../store/store.ts";
import { type ChannelRule, type Reach, reaches, reachOf, withRule } from "./channel-rules.ts";
import { type Grantee, granteesOf } from "./grantee.ts";
import { refuseHere } from "./refuse-here.ts";
import "./tables.ts";

declare module "../core/context.ts" {
  interface Services {
    settings: Settings;
  }
}

/** What a workspace has settled. */
export interface Settled {
  reach: Record<Activity, Reach>;
  /** Who may moderate besides those whom the platform names. */
  moderators: Grantee[];
}

/** What the moderators of each server or workspace settle; it counts at once, without a restart. */
export interface Settings extends Rules {
  settledAt(caller: Caller): Promise<Settled>;
  /** Allows an activity in a channel, or no longer, see {@link withRule}. */
  setChannel(caller: Caller, activity: Activity, channel: string, allowed: boolean): Promise<Settled>;
  /** Lets somebody moderate, or no longer. False when that was so already. */
  setModerator(caller: Caller, grantee: Grantee, may: boolean): Promise<boolean>;
}

/** How long (ms) a workspace's settings are kept in memory: another process may have changed them. How many workspaces. */
const keep = { for: 10_000, most: 2000 };

/** Keeps settings in the store, and in memory for a moment; `platforms` gives refusals their words. */
export function createSettings(store: Store, platforms: PlatformDirectory = directoryOf([])): Settings {
  // Their age is counted on the store's clock.
  const kept = new LRUCache<string, Promise<Settled>>({ max: keep.most, ttl: keep.for, ttlResolution: 0, perf: store });

  function settledAt({ place }: Caller): Promise<Settled> {
    const workspace = workspaceKey(place);
    const found = kept.get(workspace);
    if (found) return found;
    const settled = readSettled(store, workspace);
    kept.set(workspace, settled);
    settled.catch(() => kept.delete(workspace));
    return settled;
  }

  async function change<T>(caller: Caller, work: (tx: Tx, workspace: string) => Promise<T>): Promise<T> {
    const workspace = workspaceKey(caller.place);
    const { value } = await store.once(caller.event, async (tx) => {
      afterCommit(tx, () => void kept.delete(workspace));
      return work(tx, workspace);
    });
    return value;
  }

  return {
    settledAt,
    async mayModerate(caller) {
      if (caller.person.moderator) return true;
      const { moderators } = await settledAt(caller);
      return moderators.length > 0 && granteesOf(caller).some((one) => moderators.includes(one));
    },
    async requireAllowed(activity, caller) {
      const reach = (await settledAt(caller)).reach[activity];
      const { channel, direct } = caller.place;
      const shut = !reach.everywhere && reach.only.length === 0;
      // What is said in a direct message disturbs no channel.
      if (direct ? !shut : reaches(reach, channel)) return;
      throw refuseHere(activity, reach, caller, platforms.of(caller.place.platform).words);
    },
    async setChannel(caller, activity, channel, allowed) {
      await change(caller, async (tx, workspace) => {
        const before = await tx
          .selectFrom("channel_rule")
          .select(["channel", "allowed"])
          .where("workspace", "=", workspace)
          .where("activity", "=", activity)
          .execute();
        const after = withRule(
          before.map((rule) => ({ ...rule, allowed: Boolean(rule.allowed) })),
          { channel, allowed },
        );
        await tx
          .deleteFrom("channel_rule")
          .where("workspace", "=", workspace)
          .where("activity", "=", activity)
          .execute();
        const rows = after.map((rule) => ({ workspace, activity, ...rule, allowed: rule.allowed ? 1 : 0 }));
        if (rows.length > 0) await tx.insertInto("channel_rule").values(rows).execute();
      });
      return settledAt(caller);
    },
    setModerator: (caller, grantee, may) =>
      change(caller, async (tx, workspace) => {
        if (may) {
          const row = { workspace, grantee, at: store.now() };
          const { numInsertedOrUpdatedRows: added } = await tx
            .insertInto("moderator")
            .values(row)
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirst();
          return added !== undefined && added > 0n;
        }
        const { numDeletedRows } = await tx
          .deleteFrom("moderator")
          .where("workspace", "=", workspace)
          .where("grantee", "=", grantee)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
  };
}

async function readSettled(store: Store, workspace: string): Promise<Settled> {
  const rows = await store.read
    .selectFrom("channel_rule")
    .select(["activity", "channel", "allowed"])
    .where("workspace", "=", workspace)
    .orderBy("channel")
    .execute();
  const moderators = await store.read
    .selectFrom("moderator")
    .select("grantee")
    .where("workspace", "=", workspace)
    .orderBy("at")
    .orderBy("grantee")
    .execute();
  const rules = (activity: Activity): ChannelRule[] =>
    rows
      .filter((row) => row.activity === activity)
      .map(({ channel, allowed }) => ({ channel, allowed: Boolean(allowed) }));
  return {
    reach: { quiz: reachOf(rules("quiz")), sandbox: reachOf(rules("sandbox")) },
    moderators: moderators.map(({ grantee }) => grantee),
  };
}
