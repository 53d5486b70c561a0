import { describe, expect, it } from "vitest";
import { checkWalls, partOf } from "../../scripts/walls/check-walls.ts";
import { type Wall, walls } from "../../src/walls.ts";

const broken = (file: string, source: string) => checkWalls(new Map([[file, source]]));

describe("the walls between the parts", () => {
  it.each([
    ["src/core/press.ts", 'import { openStore } from "../store/store.ts";'],
    ["src/core/press.ts", 'import type { Session } from "../platforms/discord/talk/session.ts";'],
    ["src/core/press.ts", 'import { DateTime } from "luxon";'],
    ["src/store/outbox.ts", 'import { createQuiz } from "../quiz/quiz.ts";'],
    ["src/quiz/quiz.ts", 'import { openSandboxes } from "../sandbox/sandboxes.ts";'],
    ["src/quiz/round/round.ts", 'import "../../run.ts";'],
    ["src/answers/cards/tutor.ts", 'import {\n  createQuiz,\n} from "../../quiz/quiz.ts";'],
    ["src/curriculum/load.ts", 'export { decideByRun } from "../experiments/decide.ts";'],
    ["src/settings/settings.ts", 'const it = await import("../platforms/discord/index.ts");'],
    ["src/sharing/sharing.ts", 'import { render } from "../platforms/slack/draw/render.ts";'],
    ["src/platforms/discord/index.ts", 'import { createSettings } from "../../settings/settings.ts";'],
    ["src/platforms/discord/index.ts", 'import { readConfig } from "../../config.ts";'],
    ["src/platforms/discord/index.ts", 'import { visible } from "../slack/draw/visible.ts";'],
    ["src/platforms/slack/index.ts", 'import { createDoctor } from "../../doctor/doctor.ts";'],
    ["src/sandbox/sandboxes.ts", 'import Docker from "dockerode";'],
    ["commands/ask.ts", 'import { Client } from "discord.js";'],
    ["src/feedback/feedback.ts", 'declare module "../labs/labs.ts" {}'],
  ])("refuse in %s: %s", (file, source) => {
    expect(broken(file, source)).toHaveLength(1);
    expect(broken(file, source)[0]).toMatch(new RegExp(`^${file}:1: .* may not import`));
  });

  it("name a folder that has no row", () => {
    expect(broken("src/telepathy/read.ts", "export {};")).toEqual([
      "src/telepathy/read.ts: the part telepathy has no row in src/walls.ts",
    ]);
    expect(broken("src/platforms/irc/index.ts", "export {};")[0]).toContain("platforms/irc has no row");
  });

  it("refuse a circle, over however many steps", () => {
    const row = (parts: string[]): Wall => ({ holds: "", parts, packages: [] });
    const files = new Map([
      ["src/a/a.ts", 'import "../b/b.ts";'],
      ["src/b/b.ts", 'import "../c/c.ts";'],
      ["src/c/c.ts", 'import "../a/a.ts";'],
    ]);
    expect(checkWalls(files, { a: row(["b"]), b: row(["c"]), c: row(["a"]) })).toEqual([
      "these parts import each other in a circle: a, b, c",
    ]);
  });

  it("name only parts that there are", () => {
    for (const { parts } of Object.values(walls)) for (const part of parts) expect(walls).toHaveProperty([part]);
  });

  it("know the part of every kind of file", () => {
    expect(
      ["src/app.ts", "src/config.ts", "src/quiz/round/round.ts", "src/platforms/slack/draw/x.ts"].map(partOf),
    ).toEqual(["app", "config", "quiz", "platforms/slack"]);
  });
});
