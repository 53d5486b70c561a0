import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { checkClock } from "../../src/doctor/check-clock.ts";
import { checkContent } from "../../src/doctor/check-content.ts";
import { checkPictures } from "../../src/doctor/check-pictures.ts";
import { checkSettings } from "../../src/doctor/check-settings.ts";
import { checkStore } from "../../src/doctor/check-store.ts";
import { hideSecrets } from "../../src/doctor/hide-secrets.ts";
import type { OwnSurroundings } from "../../src/doctor/own-check.ts";
import { openStore } from "../harness/open-store.ts";

const around = (environment: Record<string, string>): OwnSurroundings => ({
  config: readConfig(environment),
  environment,
  commands: [],
  now: Date.now,
  heard() {},
});
const newFolder = () => mkdtempSync(join(tmpdir(), "bakehouse-"));
const look = (DATA_DIR: string) => checkStore(around({ DATA_DIR }));

async function withStore(): Promise<{ folder: string; file: string }> {
  const folder = newFolder();
  await (await openStore({ dataDir: folder })).close();
  return { folder, file: join(folder, "bakehouse.db") };
}

interface ReadOnly {
  folder: string;
  end(): void;
}
const readOnly = makeReadOnly();

/** A folder that may only be read. Root may write to any, so for root it is a mount; undefined where neither can be had. */
function makeReadOnly(): ReadOnly | undefined {
  const folder = newFolder();
  if (process.getuid?.() !== 0) {
    chmodSync(folder, 0o500);
    return { folder, end: () => chmodSync(folder, 0o700) };
  }
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "ro", "none", folder], { stdio: "ignore" });
    return { folder, end: () => execFileSync("umount", [folder]) };
  } catch {
    return undefined;
  }
}

describe("the check of the store", () => {
  it("is content with a database of this version, also while the bot has it open", async () => {
    const folder = newFolder();
    const store = await openStore({ dataDir: folder });
    expect(await look(folder)).toEqual([expect.objectContaining({ state: "ok" })]);
    await store.close();
  });

  it("refuses a database of a newer version and asks for a backup of an older one", async () => {
    const { folder, file } = await withStore();
    const change = (statement: string) => {
      const database = new DatabaseSync(file);
      database.exec(statement);
      database.close();
    };
    change("delete from migration where name = '0401-labs'");
    expect(await look(folder)).toEqual([
      expect.objectContaining({
        state: "warn",
        found: expect.stringContaining("0401-labs"),
        mend: expect.stringContaining("backup"),
      }),
    ]);
    change("insert into migration values ('9999-later', 0)");
    expect(await look(folder)).toEqual([
      expect.objectContaining({ state: "fail", found: expect.stringContaining("9999-later") }),
    ]);
  });

  it("knows a file that is no database, and points to the backups", async () => {
    const folder = newFolder();
    chmodSync(folder, 0o700);
    writeFileSync(join(folder, "bakehouse.db"), "not a database, ".repeat(1000), { mode: 0o600 });
    expect(await look(folder)).toEqual([
      expect.objectContaining({ state: "fail", mend: expect.stringContaining("backup") }),
    ]);
  });

  it.skipIf(!readOnly)("names a folder that may only be read, and how to get a writable one", async () => {
    const { folder, end } = readOnly as ReadOnly;
    expect(await look(join(folder, "data"))).toEqual([
      expect.objectContaining({
        state: "fail",
        found: expect.stringContaining(folder),
        mend: expect.stringContaining("DATA_DIR"),
      }),
    ]);
    end();
  });

  it("warns when everybody on the machine may read it", async () => {
    const { folder } = await withStore();
    chmodSync(join(folder, "bakehouse.db"), 0o644);
    expect(await look(folder)).toContainEqual(expect.objectContaining({ name: "store privacy", state: "warn" }));
  });

  it("does not repeat the password of a PostgreSQL it cannot reach", async () => {
    const url = "postgres://baker:flour-and-water@127.0.0.1:1/bakehouse";
    const findings = await checkStore(around({ DATABASE_URL: url }));
    expect(findings).toEqual([
      expect.objectContaining({ state: "fail", found: expect.stringContaining("127.0.0.1:1/bakehouse") }),
    ]);
    expect(JSON.stringify(findings)).not.toContain("flour-and-water");
  });
});

describe("the check of the settings", () => {
  it("names a misspelt variable, what it was meant for, and not its value", async () => {
    const findings = await checkSettings(around({ DISCORD_TOKN: "a-secret", SLACK_BOT_TOEKN: "xoxb-secret" }));
    for (const [name, meant] of [
      ["DISCORD_TOKN", "DISCORD_TOKEN"],
      ["SLACK_BOT_TOEKN", "SLACK_BOT_TOKEN"],
    ])
      expect(findings).toContainEqual(
        expect.objectContaining({ name: `setting ${name}`, state: "warn", mend: expect.stringContaining(`${meant}?`) }),
      );
    expect(JSON.stringify(findings)).not.toContain("secret");
  });
});

describe("the check of the clock", () => {
  const ours = Date.UTC(2026, 10, 23);
  it.each([
    [2_000, "ok"],
    [-60_000, "warn"],
    [400_000, "fail"],
  ])("calls %d ms away %s", (away, state) => {
    expect(checkClock([{ whose: "Slack", theirs: ours + away, ours }])).toEqual([expect.objectContaining({ state })]);
  });

  it("believes the nearest of several clocks", () => {
    const clocks = [900_000, 1_000].map((away) => ({ whose: "Slack", theirs: ours + away, ours }));
    expect(checkClock(clocks)).toEqual([expect.objectContaining({ state: "ok" })]);
  });
});

describe("the check of the pictures", () => {
  it("draws exactly what it must", async () => {
    expect(await checkPictures(around({}))).toEqual([expect.objectContaining({ state: "ok" })]);
  });
});

describe("the check of the content", () => {
  it("names the file and line of a host's own card that breaks a rule", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "concepts"));
    writeFileSync(join(folder, "concepts", "own-card.md"), "---\ntitle: Own\n---\nNo sources.\n");
    expect(await checkContent(around({ CONTENT_DIR: folder }))).toEqual([
      expect.objectContaining({ state: "fail", found: expect.stringMatching(/own-card\.md:\d+: /) }),
    ]);
  });

  it("says when the folder is not there", async () => {
    expect(await checkContent(around({ CONTENT_DIR: "/nowhere/at/all" }))).toEqual([
      expect.objectContaining({ state: "fail", mend: expect.stringContaining("CONTENT_DIR") }),
    ]);
  });
});

describe("secrets", () => {
  it("are struck out of whatever a check says, a database's password too, as it is written and as it is meant", () => {
    const config = readConfig({ DISCORD_TOKEN: "a-secret-token", DATABASE_URL: "postgres://u:p%40ss-word@h/d" });
    const hide = hideSecrets(config);
    const said = "a-secret-token p%40ss-word p@ss-word";
    expect(hide({ name: "x", state: "fail", found: said, means: said, mend: said })).toEqual({
      name: "x",
      state: "fail",
      found: "[removed] [removed] [removed]",
      means: "[removed] [removed] [removed]",
      mend: "[removed] [removed] [removed]",
    });
  });
});
