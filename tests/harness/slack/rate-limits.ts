import type { Json, World } from "./world.ts";

/** Calls a minute, by Slack's tiers. https://docs.slack.dev/apis/web-api/rate-limits */
const perMinute: Record<string, number> = {
  "chat.update": 50,
  "chat.startStream": 20,
  "conversations.open": 50,
  "users.info": 100,
  "views.open": 100,
};

/** Says how long (ms) a call has to wait; 0 lets it through and counts it. Posting: one message a second in a channel. */
export function createRateLimits(world: World) {
  const used = new Map<string, number[]>();
  return (method: string, args: Json, team: string | undefined): number => {
    const posting = method === "chat.postMessage";
    const key = posting ? `${method}/${String(args.channel)}` : `${method}/${team}`;
    const [most, span] = posting ? [1, 1000] : [perMinute[method] ?? 100, 60_000];
    const times = (used.get(key) ?? []).filter((at) => at > world.now() - span);
    used.set(key, times);
    if (times.length >= most) return (times[0] ?? 0) + span - world.now() + 1;
    times.push(world.now());
    return 0;
  };
}
