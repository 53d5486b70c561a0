import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fontOf } from "../../src/pictures/font.ts";
import { drawLifecycle, lifecycleLines } from "../../src/pictures/lifecycle.ts";
import { drawStack } from "../../src/pictures/stack.ts";
import { type StackFacts, sizeWords } from "../../src/pictures/stack-facts.ts";
import { stackLines } from "../../src/pictures/stack-words.ts";
import { colours } from "../../src/pictures/svg.ts";
import { ada, anyText, cake, factsOf, hostile, lin, plainText } from "./facts-samples.ts";
import { boxesOf, contrast, textsOf } from "./read-svg.ts";

const samples: Record<string, StackFacts> = {
  "two containers": { image: cake, containers: [ada, lin] },
  "odd names": { image: { ...cake, name: hostile.name }, containers: [hostile, hostile, hostile, hostile] },
  "many layers": { image: { ...cake, layers: Array(5).fill(cake.layers).flat() }, containers: [] },
  "no layers": { image: { ...cake, layers: [] }, containers: [lin] },
};

function checkPicture(svg: string): void {
  for (const { text, face, x, size, anchor } of textsOf(svg)) {
    expect(size).toBeGreaterThanOrEqual(24);
    for (const sign of text) expect(fontOf(face).covers(sign.codePointAt(0) ?? 0), sign).toBe(true);
    const width = fontOf(face).width(text, size);
    const from = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
    expect(from).toBeGreaterThanOrEqual(39);
    expect(from + width).toBeLessThanOrEqual(961);
  }
}

describe("a picture of layers", () => {
  it.each(Object.entries(samples))("is the same text for the same facts: %s", async (name, facts) => {
    const { svg, alt } = drawStack(facts);
    await expect(svg).toMatchFileSnapshot(`../golden/pictures/${name.replaceAll(" ", "-")}.svg`);
    await expect([alt, ...stackLines(facts), ""].join("\n")).toMatchFileSnapshot(
      `../golden/pictures/${name.replaceAll(" ", "-")}.txt`,
    );
  });

  it("has no text under 24 pixels, none outside the card, and no sign that its font lacks", () => {
    fc.assert(fc.property(factsOf(anyText), (facts) => checkPicture(drawStack(facts).svg)));
  });

  it("keeps every name inside its own box", () => {
    fc.assert(
      fc.property(factsOf(anyText), (facts) => {
        const { svg } = drawStack(facts);
        const boxes = boxesOf(svg);
        for (const { text, face, x, y, size, anchor } of textsOf(svg)) {
          const around = boxes.find((box) => y > box.y && y < box.y + box.height && x > box.x && x < box.x + box.width);
          if (!around || anchor !== "start") continue;
          expect(x + fontOf(face).width(text, size)).toBeLessThanOrEqual(around.x + around.width - 10);
        }
      }),
    );
  });

  it("has at most seven rows and three containers beside each other, whatever there is", () => {
    fc.assert(
      fc.property(factsOf(plainText), (facts) => {
        const boxes = boxesOf(drawStack(facts).svg);
        expect(new Set(boxes.map(({ y }) => y)).size).toBeLessThanOrEqual(7);
        const beside = boxes.filter(({ width }) => width < 920).length;
        expect(beside).toBe(facts.containers.length < 2 ? 0 : Math.min(3, facts.containers.length));
      }),
    );
  });

  it("lets nothing out of the text it stands in", () => {
    const { svg } = drawStack({ image: { ...cake, name: hostile.name }, containers: [hostile] });
    expect(svg).not.toMatch(/<script|<image/);
    expect(textsOf(svg).map(({ text }) => text)).toContain(`"><script>alert('x')</script>`);
    fc.assert(
      fc.property(factsOf(anyText), (facts) => {
        const tags = drawStack(facts).svg.replace(/<\/?(?:svg|rect|text)(?: [a-z:A-Z-]+="[^"<>]*")*\/?>/g, "");
        expect(tags).not.toMatch(/[<>]/);
        expect(tags).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });

  it("says the kind of a change and of a layer by a letter and a line, besides the colour", () => {
    const { svg } = drawStack({ image: cake, containers: [ada] });
    const texts = textsOf(svg).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(["A", "added", "C", "changed", "D", "deleted"]));
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
    expect(svg.match(/stroke-width="3"/g)).toHaveLength(5);
  });

  it.each(["dark", "light"] as const)("has a contrast of at least 6:1 on the %s card", (theme) => {
    const { card, layer, writable, text, quiet, layerLine, writableLine, added, changed, deleted } = colours[theme];
    for (const colour of [text, quiet]) {
      for (const ground of [card, layer, writable]) expect(contrast(colour, ground)).toBeGreaterThan(6);
    }
    for (const colour of [added, changed, deleted]) {
      for (const ground of [card, writable]) expect(contrast(colour, ground)).toBeGreaterThan(6);
    }
    for (const colour of [layerLine, writableLine]) expect(contrast(colour, card)).toBeGreaterThan(6);
  });
});

describe("the alt text", () => {
  it("tells every name, path, step and size that is drawn", () => {
    fc.assert(
      fc.property(factsOf(plainText), (facts) => {
        const { svg, alt } = drawStack(facts);
        const isLetter = (text: string) => /^[ACD]$/.test(text);
        for (const { text, face } of textsOf(svg))
          if (face.toLowerCase().endsWith("names") && !isLetter(text)) expect(alt).toContain(text);
        for (const { text } of textsOf(svg))
          if (/^and \d+ more$|nothing changed/.test(text)) expect(alt).toContain(text);
      }),
    );
  });

  it("never tells anything that is not in the picture", () => {
    fc.assert(
      fc.property(factsOf(plainText), (facts) => {
        const { svg, alt } = drawStack(facts);
        const drawn = textsOf(svg).map(({ text }) => text);
        const paths = [...alt.matchAll(/(?<=[:,] (?:added|changed|deleted) )\S+?(?=[,.] |\.$|, and)/g)].map(
          ([path]) => path,
        );
        for (const path of paths) expect(drawn.some((text) => text.startsWith(path))).toBe(true);
      }),
    );
  });

  it("has at most 1,000 characters on one line, whatever the names are", () => {
    fc.assert(
      fc.property(factsOf(anyText), (facts) => {
        const { alt } = drawStack(facts);
        expect(alt.length).toBeLessThanOrEqual(1000);
        expect(alt).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
    const wide = "W".repeat(500);
    const full = { name: wide, state: "restarting", added: Array(9999).fill(wide), changed: [], deleted: [] };
    for (const containers of [1, 2, 3, 9]) {
      const layers = Array(50).fill({ size: 1_230_000, madeBy: wide });
      const facts = { image: { name: wide, id: "0".repeat(12), layers }, containers: Array(containers).fill(full) };
      expect(drawStack(facts).alt.length).toBeLessThanOrEqual(1000);
    }
  });

  it("keeps the real names where the font has no sign for them", () => {
    const { svg, alt } = drawStack({ image: cake, containers: [{ ...lin, added: ["/日本語", "/😀"] }] });
    expect(alt).toContain("added /日本語, added /😀");
    expect(textsOf(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(["/???", "/?"]));
  });
});

describe("the words instead of a picture", () => {
  it("name every container, change and layer", () => {
    fc.assert(
      fc.property(factsOf(plainText), (facts) => {
        const lines = stackLines(facts).join("\n");
        for (const { name, state, added, deleted } of facts.containers) {
          expect(lines).toContain(`${name} (${state})`);
          for (const path of added) expect(lines).toContain(`  A ${path}`);
          for (const path of deleted) expect(lines).toContain(`  D ${path}`);
        }
        for (const { size, madeBy } of facts.image.layers) expect(lines).toContain(`${sizeWords(size)}  ${madeBy}`);
      }),
    );
  });

  it("stay lines, and cannot end a code block", () => {
    const lines = stackLines({ image: cake, containers: [hostile] });
    for (const line of lines) expect(line).not.toMatch(/[\n\r\u202e]|```/);
  });
});

describe("the picture of a container's life", () => {
  it("tells the same in its alt text and its lines", async () => {
    const { svg, alt } = drawLifecycle("paused");
    await expect(svg).toMatchFileSnapshot("../golden/pictures/lifecycle.svg");
    for (const word of ["created", "running", "paused", "exited", "removed", "docker unpause", "docker rm"]) {
      expect(alt).toContain(word);
      expect(lifecycleLines("paused").join("\n")).toContain(word);
      expect(textsOf(svg).some(({ text }) => text.includes(word))).toBe(true);
    }
    expect(alt).toContain("Now: paused");
    expect(alt.length).toBeLessThanOrEqual(1000);
    checkPicture(svg);
  });

  it("marks nothing for a state it does not know", () => {
    expect(drawLifecycle("dead").svg).toBe(drawLifecycle().svg);
  });
});
