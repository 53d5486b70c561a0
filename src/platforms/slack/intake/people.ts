import { LRUCache } from "lru-cache";
import type { Person } from "../../../core/context.ts";
import type { Log } from "../../../core/log.ts";
import { within } from "../../../core/within.ts";
import { persist, refusalOf } from "../transport/failures.ts";
import type { Workspace } from "../transport/workspaces.ts";

/** What is known of who speaks. */
export interface Known {
  person: Person;
  /** BCP 47. */
  locale: string;
  /** IANA, for example `Europe/Berlin`. */
  zone?: string;
}

/** How long a look-up is good for (ms), how long an answer waits for one (ms), and how many are kept. */
const keep = { for: 10 * 60_000, wait: 1500, most: 5000 };

interface Profile {
  name: string | undefined;
  admin: boolean;
  locale: string | undefined;
  zone: string | undefined;
}

/**
 * Who speaks: moderators are the workspace's admins and the people in `tutors` (Slack ids). Names and roles need the optional scope
 * `users:read`; without it people have the names that the events carry, and only `tutors` moderate.
 */
export function createPeople(tutors: ReadonlySet<string>, log: Log, now: () => number = Date.now) {
  const known = new LRUCache<string, Promise<Profile | undefined>>({
    max: keep.most,
    ttl: keep.for,
    ttlResolution: 0,
    perf: { now },
  });

  function lookUp(workspace: Workspace, user: string): Promise<Profile | undefined> {
    if (workspace.refused.has("users:read")) return Promise.resolve(undefined);
    const key = `${workspace.id}/${user}`;
    const found = known.get(key);
    if (found) return found;
    const profile = ask(workspace, user).catch((error: unknown) => {
      if (refusalOf(error) === "missing_scope") workspace.refused.add("users:read");
      else log.debug("slack users.info failed", { error: refusalOf(error) ?? String(error) });
      known.delete(key);
      return undefined;
    });
    known.set(key, profile);
    return profile;
  }

  return async (workspace: Workspace, user: string, name?: string): Promise<Known> => {
    const profile = await within(lookUp(workspace, user), keep.wait, undefined);
    return {
      person: {
        id: `slack:${workspace.id}:${user}`,
        name: profile?.name || name || "learner",
        ...(!profile?.name && !name && { nameless: true }),
        moderator: tutors.has(user) || (profile?.admin ?? false),
      },
      locale: profile?.locale ?? "en",
      ...(profile?.zone !== undefined && { zone: profile.zone }),
    };
  };
}

async function ask({ client }: Workspace, user: string): Promise<Profile> {
  const { user: found } = await persist(() => client.users.info({ user, include_locale: true }), true);
  return {
    name: found?.profile?.display_name || found?.profile?.real_name || found?.name,
    admin: Boolean(found?.is_admin || found?.is_owner || found?.is_primary_owner),
    locale: found?.locale,
    zone: found?.tz,
  };
}
