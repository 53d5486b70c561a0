/** What was said about one channel, or with `*` about all others. */
export interface ChannelRule {
  channel: string;
  allowed: boolean;
}

/** Where something is allowed: everywhere but in a few channels, or in a few channels only. */
export type Reach = { everywhere: true; except: string[] } | { everywhere: false; only: string[] };

/** The channel that stands for all of which nothing else was said. */
export const allChannels = "*";

/** What the rules come to: as soon as one channel is allowed by name, only such channels are. */
export function reachOf(rules: readonly ChannelRule[]): Reach {
  const named = rules.filter(({ channel }) => channel !== allChannels);
  const only = named.filter(({ allowed }) => allowed).map(({ channel }) => channel);
  const closed = rules.some(({ channel, allowed }) => channel === allChannels && !allowed);
  if (only.length > 0 || closed) return { everywhere: false, only };
  return { everywhere: true, except: named.map(({ channel }) => channel) };
}

/**
 * The rules once something more was said: about `*`, which forgets what was said about single channels, or about one channel. Closing a channel
 * and allowing it again leaves everything as it was; allowing one that was open anyway keeps the activity to it.
 */
export function withRule(rules: readonly ChannelRule[], { channel, allowed }: ChannelRule): ChannelRule[] {
  if (channel === allChannels) return allowed ? [] : [{ channel, allowed }];
  const others = rules.filter((rule) => rule.channel !== channel);
  const before = reachOf(rules);
  if (before.everywhere) return allowed && before.except.includes(channel) ? others : [...others, { channel, allowed }];
  if (allowed) return [...others, { channel, allowed }];
  const nowhere = reachOf(others);
  // Without its last channel it is allowed nowhere, not everywhere else.
  return nowhere.everywhere ? [...others, { channel: allChannels, allowed: false }] : others;
}

/** Whether a channel is within reach. */
export function reaches(reach: Reach, channel: string): boolean {
  return reach.everywhere ? !reach.except.includes(channel) : reach.only.includes(channel);
}
