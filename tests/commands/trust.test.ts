import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFigures, share } from "../../src/answers/trust/figures.ts";
import { type Bakehouse, createBakehouse, recordings } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { silentLog } from "../../src/core/log.ts";
import { readText } from "../../src/core/text.ts";
import { readRecording } from "../../src/experiments/recording.ts";

let bakehouse: Bakehouse;
let events = 0;

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-trust-"));
  bakehouse = await createBakehouse(readConfig({ DATA_DIR: dataDir, SANDBOX_TOTAL: "0" }), silentLog);
});
afterAll(() => bakehouse.close());

async function say(words: string): Promise<string> {
  const caller = {
    person: { id: "test:ada", name: "Ada", moderator: false },
    place: { platform: "test", workspace: "school", channel: "general" },
    locale: "en",
    event: `test:${++events}`,
  };
  let said = "";
  for await (const reply of bakehouse.app.dispatch({ ...readText(words, bakehouse.app.commands), caller }))
    said = JSON.stringify(reply);
  return said;
}

test("trust tells the figures that were measured, as the page in the documentation does", async () => {
  const { topics, answers } = readFigures();
  const figures = [share(topics.first, topics.asked), share(answers.first, answers.asked)];
  const page = readFileSync("docs/accuracy.md", "utf8");
  const said = await say("trust");
  for (const figure of figures) {
    expect(said).toContain(figure);
    expect(page).toContain(figure);
  }
});

test("after an answer, trust says when and on which engine its experiment was last run", async () => {
  const experiment = [...bakehouse.services.curriculum.current.experiments.values()].find(
    ({ id }) => readRecording(recordings, id) !== undefined,
  );
  await say(`concept ${experiment?.concept}`);
  const run = readRecording(recordings, experiment?.id ?? "");
  expect(await say("trust")).toContain(`Docker Engine ${run?.engine}, on ${run?.date}`);
});
