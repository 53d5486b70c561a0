import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findPattern } from "../../src/curriculum/errors/error-pattern.ts";
import { plainError } from "../../src/curriculum/errors/plain-error.ts";
import { loadCurriculum } from "../../src/curriculum/load.ts";
import { ownPattern } from "../../src/curriculum/pattern.ts";

const own = fileURLToPath(new URL("../../content", import.meta.url));
const longest = 4000;

/** The letters that a pattern asks for, each of its words alone and together: what makes it go on looking. */
function baits(source: string): string[] {
  const plain = source.replace(/\\[sSdDwWb]|\[[^\]]*\]|\(\?[^)]*\)|[\\^$.*+?()|{}]/g, " ");
  const words = plain.split(/\s+/).filter(Boolean);
  const whole = words.join(" ");
  return [...new Set([whole, ...words, words[0] ?? "", `${words[0]} ${"x".repeat(8)} `])];
}

test("no pattern of the cards takes long on any text that it almost fits", () => {
  const slow: string[] = [];
  const { concepts } = loadCurriculum({ dirs: [own] });
  for (const { id, errors } of concepts.values()) {
    for (const source of errors) {
      const pattern = ownPattern(source);
      for (const bait of baits(source)) {
        for (const gap of ["", " ", ": "]) {
          const text = `${`${bait}${gap}`.repeat(longest).slice(0, longest - 1)}!`;
          const times = [0, 1, 2].map(() => {
            const began = performance.now();
            pattern.test(text);
            return performance.now() - began;
          });
          if (Math.min(...times) > 15)
            slow.push(`${id}: ${source} on ${JSON.stringify(text.slice(0, 40))}: ${Math.min(...times)} ms`);
        }
      }
    }
  }
  expect(slow).toEqual([]);
});

test("no pattern of an error takes long on any text that it almost fits", () => {
  const slow: string[] = [];
  const { errors } = loadCurriculum({ dirs: [own] });
  for (const { id, patterns } of errors.values()) {
    for (const pattern of patterns) {
      const [lead = "", next = ""] = pattern.source.split(/\{[a-z]+\}|<[^>]*>|…/);
      for (const piece of ["a", "/", "a.", "x:1 ", '"', `${lead}a`, `${lead}a${next}`, `a${next}`]) {
        const text = plainError(`${pattern.needles.join(" ")} ${piece.repeat(longest)}`.slice(0, longest - 1));
        const times = [0, 1, 2].map(() => {
          const began = performance.now();
          findPattern(pattern, `${text}!`, `${text}!`.toLowerCase());
          return performance.now() - began;
        });
        if (Math.min(...times) > 15)
          slow.push(`${id}: ${pattern.source} on ${JSON.stringify(piece)}: ${Math.min(...times)} ms`);
      }
    }
  }
  expect(slow).toEqual([]);
});
