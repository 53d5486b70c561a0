import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { it } from "vitest";
import { loadCurriculum } from "../../src/curriculum/load.ts";
import { type Driver, playConversation } from "../harness/conversation.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const content = fileURLToPath(new URL("../../content", import.meta.url));

/** Tests that play every scripted conversation, each with a driver of its own; what `close` complains of fails a test that went well so far. `only`: those whose file is called so. */
export function playAll(open: (content: string) => Promise<Driver>, only = /\.md$/): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".md") && only.test(name))) {
    it(file.replace(/\.md$/, "").replaceAll("-", " "), async () => {
      const driver = await open(content);
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
}
