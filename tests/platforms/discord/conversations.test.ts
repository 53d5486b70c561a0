import { describe } from "vitest";
import { playAll } from "../../conversations/play-all.ts";
import { createDiscordDriver } from "../../harness/discord/conversation-driver.ts";

describe.each(["slash", "mention"] as const)("scripted conversations on Discord by %s", (manner) => {
  playAll((content) => createDiscordDriver(content, manner));
});
