import { quote } from "../../core/dispatch.ts";
import { UserError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import { button, press } from "../../core/reply.ts";
import type { SandboxRow } from "./rows.ts";

/**
 * The row of the person who was named: by a mention, an id, or the name shown in the channel. Throws a UserError that offers `command` with
 * the names that come nearest.
 */
export function findPerson(
  rows: readonly SandboxRow[],
  typed: string,
  command: "sandbox beside" | "sandbox stop",
): SandboxRow {
  const wanted = typed.trim().replace(/^@/, "");
  const mentioned = /^<@!?(\w+)(?:\|[^>]*)?>$/.exec(typed.trim())?.[1];
  const found =
    rows.find(({ learner }) => learner === wanted || learner.split(":").at(-1) === mentioned) ??
    rows.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found) return found;
  const near = nearest(
    wanted,
    rows.map(({ name }) => name),
  );
  throw new UserError(
    `Nobody called ${quote(wanted)} has a sandbox here right now.${near.length ? ` Did you mean ${near.map((one) => quote(one)).join(" or ")}?` : " They can start one with `sandbox start`."}`,
    near.slice(0, 3).map((name) => button(name, press(command, { person: name.slice(0, 40) }))),
  );
}
