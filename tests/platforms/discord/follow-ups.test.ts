import { describe } from "vitest";
import { playAll } from "../../conversations/play-all.ts";
import { createDiscordDriver } from "../../harness/discord/conversation-driver.ts";

describe.each(["reply", "direct"] as const)("going on from what was said on Discord, %s", (manner) => {
  playAll((content) => createDiscordDriver(content, manner), /^follow-ups/);
});
