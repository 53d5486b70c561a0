import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, it } from "vitest";
import { loadCurriculum } from "../../src/curriculum/load.ts";
import { playConversation } from "../harness/conversation.ts";
import { createTerminalDriver } from "../harness/terminal-driver.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const content = fileURLToPath(new URL("../../content", import.meta.url));

describe("scripted conversations in the terminal", () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".md"))) {
    it(file.replace(/\.md$/, "").replaceAll("-", " "), async () => {
      const driver = await createTerminalDriver(content);
      try {
        await playConversation(join(folder, file), driver, loadCurriculum({ dirs: [content] }).questions.values());
      } finally {
        await driver.close();
      }
    });
  }
});
