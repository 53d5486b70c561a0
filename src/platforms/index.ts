import type { PlatformKind } from "../core/platform-kind.ts";
import { discord } from "./discord/index.ts";
import { slack } from "./slack/index.ts";
import { terminal } from "./terminal/index.ts";

/** Every platform, in the order of settings and reports: the only list of them. */
export const platforms: readonly PlatformKind[] = [discord, slack, terminal];
