import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

describe("the papers for hosts", () => {
  it("name only commands there are", () => {
    const names = new Set(commands.map(({ name }) => name));
    const said = [...read("PRIVACY.md").matchAll(/`\/tutor ([a-z ]+?)(?: no)?`/g)].map(([, name = ""]) => name);
    expect(said.length).toBeGreaterThan(3);
    expect(said.filter((name) => !names.has(name))).toEqual([]);
  });

  it("name only npm scripts and program files there are", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const text = read("docs/operating.md");
    const ran = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
    expect(ran.filter((name) => !(name in scripts))).toEqual([]);
    for (const [, file = ""] of text.matchAll(/node (scripts\/[\w-]+\.ts)/g)) expect(read(file)).not.toBe("");
  });
});
