import type { Place } from "./context.ts";

/** A workspace over all platforms, for example `discord:1234`. */
export function workspaceKey({ platform, workspace }: Place): string {
  return `${platform}:${workspace}`;
}

/** Whether what belongs together gets a thread of its own here: not inside another one, and not where there are none. */
export function opensThread({ thread, flat }: Place): boolean {
  return thread === undefined && !flat;
}

/** A channel, or a thread where a quiz was started in one. */
export function channelKey(place: Place): string {
  return [workspaceKey(place), place.channel, ...(place.thread ? [place.thread] : [])].join("/");
}
