import type { Face } from "../../src/pictures/font.ts";

/** A line of text as it stands in a picture. */
export interface DrawnText {
  text: string;
  face: Face;
  x: number;
  y: number;
  size: number;
  anchor: string;
  fill: string;
}

const faces: Record<string, Face> = {
  "Inter 400": "words",
  "Inter 600": "strongWords",
  "IBM Plex Mono 400": "names",
  "IBM Plex Mono 600": "strongNames",
};
const entities: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };

/** The lines of text of a picture; throws when one is written in a way of its own. */
export function textsOf(svg: string): DrawnText[] {
  const found = [
    ...svg.matchAll(
      /<text x="([\d.]+)" y="([\d.]+)" font-family="([^"]+)" font-weight="(\d+)" font-size="(\d+)" fill="(#[0-9a-f]{6})" text-anchor="(\w+)" xml:space="preserve">([^<]*)<\/text>/g,
    ),
  ];
  if (found.length !== svg.split("<text").length - 1) throw new Error("a text is not written as the others");
  return found.map(([, x, y, family, weight, size, fill = "", anchor = "", text = ""]) => {
    const face = faces[`${family} ${weight}`];
    if (!face) throw new Error(`unknown font ${family} ${weight}`);
    const plain = text.replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => entities[entity] ?? "");
    return { text: plain, face, x: Number(x), y: Number(y), size: Number(size), anchor, fill };
  });
}

/** The boxes of a picture, the card left out. */
export function boxesOf(
  svg: string,
): { x: number; y: number; width: number; height: number; fill: string; line: string }[] {
  return [
    ...svg.matchAll(
      /<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" rx="10" fill="(#[0-9a-f]{6})" stroke="(#[0-9a-f]{6})"/g,
    ),
  ].map(([, x, y, width, height, fill = "", line = ""]) => ({
    ...{ x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
    ...{ fill, line },
  }));
}

/** The contrast of two colours, 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const light = (colour: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high = 0, low = 0] = [light(one), light(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}
