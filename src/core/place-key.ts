import type { Place } from "./context.ts";

/** A workspace over all platforms, for example `discord:1234`. */
export function workspaceKey({ platform, workspace }: Place): string {
  return `${platform}:${workspace}`;
}

/** A channel, or a thread where a quiz was started in one. */
export function channelKey(place: Place): string {
  return [workspaceKey(place), place.channel, ...(place.thread ? [place.thread] : [])].join("/");
}
