import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { encodePress } from "../../src/core/press.ts";

const folder = new URL("../../commands/", import.meta.url);

describe("the list of commands", () => {
  it("holds every file of the folder", async () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".ts") && file !== "index.ts");
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const { default: found } = await import(new URL(file, folder).href);
      for (const command of [found].flat()) expect(commands, file).toContain(command);
    }
  });

  it("has one command for each name, fit for every platform", () => {
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
    for (const { name, summary, options, positional } of commands) {
      expect(name).toMatch(/^[a-z]{1,20}(-[a-z]+)?( [a-z-]{1,20})?$/);
      expect(summary.length, name).toBeLessThanOrEqual(100);
      expect(summary.length, name).toBeGreaterThan(5);
      expect(Object.keys(options.shape).length, name).toBeLessThanOrEqual(25);
      for (const option of positional ?? []) expect(Object.keys(options.shape), name).toContain(option);
      expect(encodePress({ command: name, options: {} }).length).toBeLessThan(60);
    }
  });

  it("describes every option that people see", () => {
    for (const { name, hidden, options } of commands) {
      if (hidden) continue;
      for (const [option, schema] of Object.entries(options.shape)) {
        const description = (schema as { description?: string }).description ?? "";
        expect(description.length, `${name} ${option}`).toBeGreaterThan(3);
        expect(description.length, `${name} ${option}`).toBeLessThanOrEqual(100);
      }
    }
  });

  it("stands in the README, in the same order and words", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const rows = [...readme.matchAll(/^\| `([a-z -]+)` \| (.+) \|$/gm)].map(([, name, summary]) => [name, summary]);
    expect(rows).toEqual(commands.filter(({ hidden }) => !hidden).map(({ name, summary }) => [name, summary]));
  });
});
