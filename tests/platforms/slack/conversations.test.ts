import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, it } from "vitest";
import { loadCurriculum } from "../../../src/curriculum/load.ts";
import { playConversation } from "../../harness/conversation.ts";
import { createSlackDriver } from "../../harness/slack/driver.ts";

const folder = fileURLToPath(new URL("../../conversations/", import.meta.url));
const content = fileURLToPath(new URL("../../../content", import.meta.url));

describe.each(["socket", "http"] as const)("scripted conversations on Slack over %s", (mode) => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".md"))) {
    it(file.replace(/\.md$/, "").replaceAll("-", " "), async () => {
      const driver = await createSlackDriver(content, mode);
      let played = false;
      try {
        await playConversation(join(folder, file), driver, loadCurriculum({ dirs: [content] }).questions.values());
        played = true;
      } finally {
        await driver.close().catch((error: unknown) => {
          if (played) throw error;
        });
      }
    });
  }
});
