/** A permission the app asks for, and why. */
export interface Scope {
  name: string;
  reason: string;
  /** The bot works without it. */
  optional?: boolean;
}

/** Every bot scope, in the order of the manifest. `docs/slack.md`, the set-up and the doctor read the same list. */
export const scopes: readonly Scope[] = [
  { name: "app_mentions:read", reason: "to hear questions that mention the bot" },
  { name: "assistant:write", reason: "to offer suggested questions in the app's Messages tab" },
  { name: "chat:write", reason: "to answer, to edit its own answers, and to show that it is working" },
  { name: "commands", reason: "for /tutor and the shortcuts" },
  { name: "files:write", reason: "for pictures and for output that is too long for a message" },
  { name: "im:history", reason: "to read what people write to it directly" },
  { name: "im:write", reason: "to write private answers that change or have files" },
  {
    name: "users:read",
    reason: "for people's names, time zones and whether they are admins of the workspace",
    optional: true,
  },
];

/** The events the app subscribes to. */
export const events = [
  "agent_session_stopped",
  "app_home_opened",
  "app_mention",
  "app_uninstalled",
  "message.im",
  "team_access_revoked",
  "tokens_revoked",
] as const;
