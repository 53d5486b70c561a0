import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { createPictures } from "../../src/pictures/pictures.ts";
import { createRenderer, type Renderer, type RendererOptions } from "../../src/pictures/render.ts";
import { drawStack } from "../../src/pictures/stack.ts";
import { stackLines } from "../../src/pictures/stack-words.ts";
import { ada, cake, hostile, lin } from "./facts-samples.ts";

const open: Renderer[] = [];
/** CI machines are slow; only the tests of the limits have short ones. */
function renderer(options: RendererOptions = {}): Renderer {
  const one = createRenderer({ limit: 60_000, startLimit: 60_000, ...options });
  open.push(one);
  return one;
}
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

const facts = { image: cake, containers: [ada, lin] };
const numbered = (number: number) => drawStack({ image: cake, containers: [{ ...ada, name: `ada${number}` }] }).svg;
const slow = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="4000"><filter id="f"><feGaussianBlur stdDeviation="90"/></filter>${'<rect width="4000" height="4000" filter="url(#f)"/>'.repeat(60)}</svg>`;

describe("the renderer", () => {
  it("makes the same bytes everywhere", async () => {
    const png = await renderer().render(drawStack(facts).svg);
    expect(
      createHash("sha256")
        .update(png ?? "")
        .digest("hex"),
    ).toMatchInlineSnapshot(`"99c89e5fa532d61d4077cdb05de929cb469c32bbf0b63a3a03113751830bb499"`);
    expect(Buffer.from(png ?? "").readUInt32BE(16)).toBe(1000);
    expect(png?.length).toBeLessThan(80_000);
  });

  it("draws odd names too", async () => {
    const one = renderer();
    expect(await one.render(drawStack({ image: cake, containers: [hostile, hostile] }).svg)).toBeDefined();
  });

  it("starts its thread for the first picture and ends it when there is nothing to do", async () => {
    const one = renderer({ idle: 1 });
    expect(one.running()).toBe(false);
    const drawn = one.render(numbered(1));
    expect(one.running()).toBe(true);
    expect(await drawn).toBeDefined();
    await expect.poll(() => one.running()).toBe(false);
    expect(await one.render(numbered(2))).toBeDefined();
  });

  it("draws a picture once, and keeps as many as it is told", async () => {
    const one = renderer({ cached: 2 });
    const first = await one.render(numbered(1));
    expect(await one.render(numbered(1))).toBe(first);
    await one.render(numbered(2));
    expect(await one.render(numbered(1))).toBe(first);
    await one.render(numbered(3));
    expect(await one.render(numbered(1))).toBe(first);
    await one.render(numbered(4));
    await one.render(numbered(5));
    const again = await one.render(numbered(1));
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });

  it("answers undefined for what is no picture, and goes on", async () => {
    const one = renderer();
    expect(await one.render("<svg")).toBeUndefined();
    expect(await one.render("")).toBeUndefined();
    expect(await one.render(numbered(1))).toBeDefined();
  });

  it("gives a slow picture up and draws the next one in a new thread", async () => {
    const one = renderer({ limit: 2000 });
    expect(await one.render(slow)).toBeUndefined();
    // On a busy machine a real one may need a few tries to be quick enough.
    await expect.poll(() => one.render(numbered(1)), { timeout: 80_000 }).toBeDefined();
  }, 90_000);

  it("gives up when its thread does not start in time", async () => {
    const one = renderer({ startLimit: 0 });
    expect(await one.render(numbered(1))).toBeUndefined();
    expect(one.running()).toBe(false);
  });

  it("lets go of what is not drawn when it is closed", async () => {
    const one = renderer();
    const drawn = one.render(numbered(1));
    await one.close();
    expect(await drawn).toBeUndefined();
    expect(await one.render(numbered(2))).toBeUndefined();
  });

  it("does not grow with the number of pictures", async () => {
    const one = renderer();
    for (let number = 0; number < 40; number++) await one.render(numbered(number));
    const before = process.memoryUsage.rss();
    for (let number = 40; number < 240; number++) await one.render(numbered(number));
    // 200 bitmaps of this size are more than 500 MB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(80 * 1024 * 1024);
  }, 240_000);
});

describe("pictures in a reply", () => {
  it("are a picture with its alt text", async () => {
    const pictures = createPictures({ renderer: renderer() });
    const [block] = await pictures.stack(facts);
    expect(block).toMatchObject({ kind: "picture", name: "layers.png", alt: drawStack(facts).alt });
    expect(await pictures.lifecycle("running")).toMatchObject([{ kind: "picture", name: "lifecycle.png" }]);
  });

  it("are the same facts in words where nothing can be drawn", async () => {
    const pictures = createPictures({ renderer: renderer({ startLimit: 0 }) });
    expect(await pictures.stack(facts)).toEqual([
      { kind: "code", language: "text", source: stackLines(facts).join("\n") },
    ]);
  });
});
