import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bakehouse, createBakehouse } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { createApp } from "../../src/core/dispatch.ts";
import { silentLog } from "../../src/core/log.ts";
import { readText } from "../../src/core/text.ts";

let bakehouse: Bakehouse;
let events = 0;
beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-ask-"));
  bakehouse = await createBakehouse(readConfig({ DATA_DIR: dataDir, SANDBOX_TOTAL: "0" }), silentLog);
});
afterAll(() => bakehouse.close());

/** What is said to a question while a quiz question about `concept` is open where it is asked. */
async function askWhileOpen(question: string, concept: string) {
  const { app, services } = bakehouse;
  const quiz = { ...services.quiz, openQuestionAt: async () => ({ concept, hint: "Count the writable ones." }) };
  const caller = {
    person: { id: "test:ada", name: "Ada", moderator: false },
    place: { platform: "test", workspace: "school", channel: `c${++events}` },
    locale: "en",
    event: `test:${events}`,
  };
  const asking = createApp({ commands: app.commands, services: { ...services, quiz }, now: Date.now, log: silentLog });
  return Array.fromAsync(asking.dispatch({ ...readText(question, app.commands), caller }));
}

test("while a quiz asks about a topic, its answer is kept back: the asker alone gets a hint", async () => {
  const replies = await askWhileOpen("what is a layer?", "layers");
  expect(replies).toHaveLength(1);
  expect(replies[0]?.audience).toBe("asker");
  expect(JSON.stringify(replies)).toContain("Count the writable ones.");
  expect(JSON.stringify(replies)).not.toContain("docker");
});

test("a question about another topic is answered as ever", async () => {
  const replies = await askWhileOpen("how do I rename a volume?", "layers");
  expect(JSON.stringify(replies)).toContain("docker volume rm");
  expect(JSON.stringify(replies)).not.toContain("Count the writable ones.");
});
