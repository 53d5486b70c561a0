import { describe } from "vitest";
import { playAll } from "../../conversations/play-all.ts";
import { createSlackDriver } from "../../harness/slack/driver.ts";

describe.each(["thread", "direct"] as const)("going on from what was said on Slack, %s", (where) => {
  playAll((content) => createSlackDriver(content, "socket", where), /^follow-ups/);
});
