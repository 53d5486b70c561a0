import type { Caller } from "./context.ts";

/** What a workspace may keep to some of its channels. */
export type Activity = "quiz" | "sandbox";

/** What a workspace has settled for itself. */
export interface Rules {
  /** Whether this person may moderate here. The one place that decides it: commands find the outcome in `person.moderator`. */
  mayModerate(caller: Caller): Promise<boolean>;
  /** Throws a UserError that says where else it is allowed. `caller.person.moderator` is decided already. */
  requireAllowed(activity: Activity, caller: Caller): Promise<void>;
}

/** Everything everywhere, and moderators as the platform names them. */
export const platformRules: Rules = {
  mayModerate: async ({ person }) => person.moderator,
  requireAllowed: async () => {},
};
