/** What was said about a channel, or with the channel `*` about all others; `allowed` is 1 or 0. */
interface ChannelRuleTable {
  workspace: string;
  activity: string;
  channel: string;
  allowed: number;
}

/** Who may moderate besides those whom the platform names: `grantee` is a person's id, or `role:` with the platform's id of a role. */
interface ModeratorTable {
  workspace: string;
  grantee: string;
  at: number;
}

declare module "../store/store.ts" {
  interface Tables {
    channel_rule: ChannelRuleTable;
    moderator: ModeratorTable;
  }
}
