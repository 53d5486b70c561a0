import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBakehouse } from "../../src/app.ts";
import { type ConfigError, readConfig } from "../../src/config.ts";
import { silentLog } from "../../src/core/log.ts";
import type { App } from "../../src/core/platform.ts";
import { createPlatforms, platformsToRun } from "../../src/create-platforms.ts";
import { examine } from "../../src/doctor/examine.ts";
import { platforms } from "../../src/platforms/index.ts";
import { platformContract } from "../contracts/platform.ts";
import { pager } from "./pager/index.ts";
import type { Pager } from "./pager/pager.ts";

/** The registry with one line more. */
const kinds = [...platforms, pager];
const environment = () => ({
  PAGER_CODE: "beepbeep",
  SANDBOX_TOTAL: "0",
  DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-")),
});

async function openPager() {
  const config = readConfig(environment(), kinds);
  const bakehouse = await createBakehouse(config, silentLog, { kinds });
  const [made] = await createPlatforms(platformsToRun(kinds, config), config, { bakehouse, log: silentLog });
  return { bakehouse, pager: made as Pager };
}

platformContract("that one folder and one line of the registry add", async (app: App) => {
  const { bakehouse, pager: platform } = await openPager();
  await platform.start(app);
  return {
    platform,
    place: platform.place,
    idempotent: false,
    replaces: true,
    say: platform.hear,
    press: platform.choose,
    choose: platform.choose,
    fill: platform.choose,
    shown: async () => platform.messages,
    sees: async (words) => expect(platform.messages.join("\n")).toContain(words),
    close: () => bakehouse.close(),
  };
});

describe("a platform that is added to the registry", () => {
  it("brings its settings, their problems, and what half of them lacks", () => {
    expect(readConfig({ PAGER_CODE: "beep" }, kinds)).toMatchObject({ PAGER_CODE: "beep", PAGER_CHANNEL: 7 });
    const problems = (given: Record<string, string>) => {
      try {
        return readConfig(given, kinds);
      } catch (error) {
        return (error as ConfigError).problems;
      }
    };
    expect(problems({ PAGER_CODE: "b" })).toEqual(["PAGER_CODE: it has four letters. The code on the pager's back"]);
    expect(problems({ PAGER_CHANNEL: "8" })).toEqual(["PAGER_CODE: missing beside PAGER_CHANNEL."]);
  });

  it("runs where it is set up, and the one that stands in where none is", () => {
    const names = (given: Record<string, string>) =>
      platformsToRun(kinds, readConfig(given, kinds)).map(({ name }) => name);
    expect(names({ PAGER_CODE: "beep", DISCORD_TOKEN: "t" })).toEqual(["discord", "pager"]);
    expect(names({})).toEqual(["terminal"]);
  });

  it("lends its words and its mentions to the settings", async () => {
    const { bakehouse, pager: platform } = await openPager();
    await platform.start(bakehouse.app);
    await bakehouse.start([platform]);
    expect(await platform.hear("settings")).toContain("whoever holds the aerial");
    expect(await platform.hear("settings moderators add ~12")).toContain("may moderate from now on");
    expect(await platform.hear("settings moderators add @Bob")).toContain("choose the wearer from the list");
    await platform.hear("settings sandbox here off");
    expect(await platform.hear("sandbox start")).toContain("Use yours in another channel or in the tunnel.");
    await bakehouse.close();
  });

  it("is looked at by the doctor, without its secrets", async () => {
    const found = await examine(environment(), { commands: [] }, { kinds });
    expect(found.find(({ name }) => name === "pager battery")).toMatchObject({
      state: "warn",
      found: "it is low, says [removed]",
    });
    const elsewhere = { commands: [], only: { platform: "discord", workspace: "1" } };
    expect((await examine(environment(), elsewhere, { kinds })).find(({ name }) => name === "pager")?.state).toBe("ok");
  });
});

describe("outside of its folder", () => {
  it("no platform is known by name", () => {
    const names = platforms.map(({ name }) => name).join("|");
    const knowing = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.startsWith("platforms/") && file !== "walls.ts")
      .filter((file) =>
        new RegExp(`"(?:${names})"|platforms/(?:${names})/`).test(readFileSync(join("src", file), "utf8")),
      );
    expect(knowing).toEqual([]);
  });
});
