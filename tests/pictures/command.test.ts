import { afterAll, beforeAll, describe, expect, it } from "vitest";
import picture from "../../commands/picture.ts";
import type { Context, Services } from "../../src/core/context.ts";
import type { Block, Reply } from "../../src/core/reply.ts";
import { createPictures, type Pictures } from "../../src/pictures/pictures.ts";
import { createRenderer } from "../../src/pictures/render.ts";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes, person, place, type TestSandboxes } from "../harness/sandboxes.ts";

function contextOf(name: string, services: Partial<Services>): Context {
  return {
    ...{ person: person(name), place, locale: "en", event: name, now: Date.now },
    signal: new AbortController().signal,
    services: services as Services,
  };
}

const run = (name: string, services: Partial<Services>) =>
  Promise.resolve(picture.run(picture.options.parse({}), contextOf(name, services))) as Promise<Reply>;

const altOf = ({ blocks }: Reply) =>
  blocks.find((block): block is Extract<Block, { kind: "picture" }> => block.kind === "picture")?.alt ?? "";

it("sandbox picture says why there is nothing to draw where there is no Docker", async () => {
  await expect(run("Ada", {})).rejects.toThrow("runs without Docker");
});

describe.skipIf(!engine)("sandbox picture", () => {
  let test: TestSandboxes;
  let pictures: Pictures;
  beforeAll(async () => {
    test = await openTestSandboxes();
    pictures = createPictures({ renderer: createRenderer({ limit: 60_000, startLimit: 60_000 }) });
  });
  afterAll(async () => {
    await pictures.close();
    await test.close();
  });

  it("offers a sandbox to somebody who has no container", async () => {
    await expect(run("Lin", { sandboxes: test.sandboxes, pictures })).rejects.toThrow("You have no container to draw");
  });

  it("draws the asker's sandbox and own containers, and nobody else's", async () => {
    const { sandboxes } = test;
    await test.run("Ada", "echo hi > /cake/note; echo cherries > /cake/topping");
    await test.run("Mallory", "echo secret > /cake/secret");
    for (const name of ["Ada", "Mallory"]) {
      const { owner, slot } = await sandboxes.workbench(person(name), place);
      const spec = {
        name: sandboxes.namesOf(owner).container(`web-of-${name.toLowerCase()}`),
        image: sandboxes.image().id,
      };
      await sandboxes.createContainer({ ...spec, purpose: "line", owner, slot });
    }
    const answer = await run("Ada", { sandboxes, pictures });
    const alt = altOf(answer);
    expect(answer.audience).toBe("asker");
    expect(alt).toMatch(/^Layers of image cake, [0-9a-f]{12}\./);
    expect(alt).toContain("sandbox (running): changed /cake/topping, added /cake/note.");
    expect(alt).toContain("web-of-ada (created): nothing changed.");
    expect(alt).toContain("COPY a file to /cake/recipe");
    expect(alt).not.toMatch(/secret|mallory|t-[0-9a-f]{24}/i);
  });

  it("says the same in words where no picture can be made", async () => {
    const answer = await run("Ada", { sandboxes: test.sandboxes });
    const words = answer.blocks.flatMap((block) => (block.kind === "code" ? [block.source] : [])).join("\n");
    expect(altOf(answer)).toBe("");
    expect(words).toContain("sandbox (running), writable layer: 2 changes\n  C /cake/topping\n  A /cake/note\n");
    expect(words).toMatch(/image cake \([0-9a-f]{12}\), 4 read-only layers/);
  });
});
