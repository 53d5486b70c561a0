import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkConsole } from "../../scripts/check-console.ts";
import { prepareImage } from "../../src/sandbox/guard/image.ts";
import { engine, testBase, theEngine } from "../harness/engine.ts";
import { type Registry, startRegistry } from "../harness/registry.ts";

const folder = fileURLToPath(new URL("../../content/concepts/", import.meta.url));
const cards = readdirSync(folder).filter((name) => name.endsWith(".md"));
const needsRegistry = (card: string) => readFileSync(`${folder}${card}`, "utf8").includes("localhost:5000");
let registry: Registry | undefined;
let commands = 0;

describe.skipIf(!engine)("what the cards show, typed into the real docker program", () => {
  beforeAll(async () => {
    // The cards list every container there is; one that a test forgot would fail several of them without saying whose it is.
    const left = await theEngine().containers.list({ labels: ["tutor.instance"] });
    expect(left.map(({ name, labels }) => ({ name, ...labels }))).toEqual([]);
    const { reference } = await prepareImage(theEngine(), { base: testBase });
    execFileSync("docker", ["tag", reference, "cake:latest"]);
    registry = await startRegistry();
  });

  it.for(cards)("%s is what Docker does", (card, { skip }) => {
    if (needsRegistry(card) && !registry) skip();
    const check = checkConsole(`${folder}${card}`);
    expect(check.differences).toEqual([]);
    expect(check.commands).toBeGreaterThan(0);
    commands += check.commands;
  });

  afterAll(() => {
    registry?.stop();
    console.log(`${commands} card commands run on a real engine`);
  });
});
