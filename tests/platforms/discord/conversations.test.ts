import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, it } from "vitest";
import { loadCurriculum } from "../../../src/curriculum/load.ts";
import { playConversation } from "../../harness/conversation.ts";
import { createDiscordDriver } from "../../harness/discord/conversation-driver.ts";

const folder = fileURLToPath(new URL("../../conversations/", import.meta.url));
const content = fileURLToPath(new URL("../../../content", import.meta.url));

describe.each(["slash", "mention"] as const)("scripted conversations on Discord by %s", (manner) => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".md"))) {
    it(file.replace(/\.md$/, "").replaceAll("-", " "), async () => {
      const driver = await createDiscordDriver(content, manner);
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
