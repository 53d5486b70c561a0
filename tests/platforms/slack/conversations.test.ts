import { describe } from "vitest";
import { playAll } from "../../conversations/play-all.ts";
import { createSlackDriver } from "../../harness/slack/driver.ts";

describe.each(["socket", "http"] as const)("scripted conversations on Slack over %s", (mode) => {
  playAll((content) => createSlackDriver(content, mode));
});
