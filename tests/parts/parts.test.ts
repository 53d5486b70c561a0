import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Bakehouse, createBakehouse } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { Caller } from "../../src/core/context.ts";
import { silentLog } from "../../src/core/log.ts";
import { examine } from "../../src/doctor/examine.ts";
import { writeMetrics } from "../../src/metrics.ts";
import { parts as ownParts } from "../../src/parts.ts";
import { migrationsOf } from "../../src/store/part.ts";
import { textOf } from "../quiz/world.ts";
import { rainPart } from "./rain/part.ts";

/** The list with one line more. */
const parts = [...ownParts, rainPart];
const ada: Caller = {
  person: { id: "slack:T1:U1", name: "Ada", moderator: false },
  place: { platform: "slack", workspace: "T1", channel: "C1" },
  locale: "en",
  event: "slack:1",
};

let bakehouse: Bakehouse | undefined;
afterEach(() => bakehouse?.close());

async function open(dataDir = mkdtempSync(join(tmpdir(), "bakehouse-"))) {
  const config = readConfig({ SANDBOX_TOTAL: "0", DATA_DIR: dataDir });
  bakehouse = await createBakehouse(config, silentLog, { parts });
  return { bakehouse, dataDir };
}

async function say({ app }: Bakehouse, command: string): Promise<string> {
  let said = "";
  for await (const reply of app.dispatch({ command, options: {}, caller: ada })) said = textOf(reply);
  return said;
}

describe("a part that is added to the list", () => {
  it("brings its table, its command and what the command uses, also into a database that was there before", async () => {
    const { dataDir } = await open();
    await bakehouse?.close();
    const before = await createBakehouse(readConfig({ SANDBOX_TOTAL: "0", DATA_DIR: dataDir }), silentLog, {
      parts: ownParts,
    }).catch((error: Error) => error.message);
    expect(before).toContain("written by a newer version of Bakehouse (it knows `0901-rain`)");
    const again = await open(dataDir);
    expect(await say(again.bakehouse, "rain")).toBe("It rains: 1.");
    expect(await say(again.bakehouse, "rain")).toBe("It rains: 2.");
    expect(await say(again.bakehouse, "help")).toContain("rain");
  });

  it("brings its section of what is kept of a person, and both ways of forgetting", async () => {
    const { bakehouse: bot } = await open();
    await say(bot, "rain");
    const { personal } = bot.services;
    expect(await personal.collect("slack:T1:U1")).toMatchObject({ rain: { fell: [{ drops: 1 }] } });
    await personal.forget("slack:T1:U1");
    expect(await personal.collect("slack:T1:U1")).toMatchObject({ rain: { fell: [] } });
    await say(bot, "rain");
    await bot.forgetWorkspace("slack", "T1");
    expect(await personal.collect("slack:T1:U1")).toMatchObject({ rain: { fell: [] } });
  });

  it("is looked at by the doctor, and counted", async () => {
    const { bakehouse: bot, dataDir } = await open();
    await say(bot, "rain");
    expect(await writeMetrics(bot.metrics)).toContain("bakehouse_rain 1\n");
    const found = await examine({ SANDBOX_TOTAL: "0", DATA_DIR: dataDir }, { commands: [] }, { parts });
    expect(found).toContainEqual({ name: "rain", state: "ok", found: `may fall in ${dataDir}` });
  });
});

describe("the schema", () => {
  it("has the steps that databases out there have been through, in their order", () => {
    expect(migrationsOf(ownParts).map(({ name }) => name)).toEqual([
      "0001-store",
      "0002-inbox",
      "0003-installation",
      "0101-quiz",
      "0201-sandbox",
      "0301-feedback",
      "0302-settings",
      "0401-labs",
      "0402-path",
      "0501-conversation",
    ]);
  });
});
