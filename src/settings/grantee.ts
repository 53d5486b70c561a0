import type { Caller } from "../core/context.ts";
import { mention } from "../core/mention.ts";

/** Who is named: a person's id such as `discord:12`, or `role:` and the platform's id of a role. */
export type Grantee = string;

/** Everything by which somebody may have been named. */
export function granteesOf({ person }: Caller): Grantee[] {
  return [person.id, ...(person.roles ?? []).map((role) => `role:${role}`)];
}

/** The named person or role, for readers. */
export function showGrantee(grantee: Grantee): string {
  const id = grantee.slice(grantee.lastIndexOf(":") + 1);
  return mention(grantee.startsWith("role:") ? "role" : "person", id);
}
