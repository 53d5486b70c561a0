import type { Face } from "./font.ts";

/** Chats do not tell whether they are dark, so a picture brings its own background. */
export type Theme = "dark" | "light";

/** Every colour of a picture; text on its background has a contrast of at least 6:1. */
export interface Colours {
  card: string;
  text: string;
  quiet: string;
  layer: string;
  layerLine: string;
  writable: string;
  writableLine: string;
  added: string;
  changed: string;
  deleted: string;
}

export const colours: Record<Theme, Colours> = {
  dark: {
    card: "#12161c",
    text: "#f2f4f8",
    quiet: "#b9c4d0",
    layer: "#1c2b3d",
    layerLine: "#7fb5e6",
    writable: "#2b2413",
    writableLine: "#f0b429",
    added: "#7ddc9a",
    changed: "#f5c451",
    deleted: "#ffa3a3",
  },
  light: {
    card: "#ffffff",
    text: "#14181f",
    quiet: "#3d4855",
    layer: "#e6eff9",
    layerLine: "#1f5a96",
    writable: "#fff6df",
    writableLine: "#744800",
    added: "#0b5a2a",
    changed: "#744800",
    deleted: "#951b1b",
  },
};

/** Width of every picture, the margin, and the smallest text, in pixels: still readable when a phone shows it 360 wide. */
export const sheet = { width: 1000, margin: 40, text: 24, line: 3 } as const;

const families: Record<Face, string> = {
  words: 'font-family="Inter" font-weight="400"',
  strongWords: 'font-family="Inter" font-weight="600"',
  names: 'font-family="IBM Plex Mono" font-weight="400"',
  strongNames: 'font-family="IBM Plex Mono" font-weight="600"',
};

/** Text for the inside of an element or an attribute. */
function escapeXml(text: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? "");
}

export interface TextStyle {
  x: number;
  /** The baseline. */
  y: number;
  face: Face;
  colour: string;
  size?: number;
  anchor?: "start" | "middle" | "end";
}

/** One line of text. Spaces are kept as they are. */
export function textLine(text: string, { x, y, face, colour, size = sheet.text, anchor = "start" }: TextStyle): string {
  return `<text x="${x}" y="${y}" ${families[face]} font-size="${size}" fill="${colour}" text-anchor="${anchor}" xml:space="preserve">${escapeXml(text)}</text>`;
}

export interface BoxStyle {
  x: number;
  y: number;
  width: number;
  height: number;
  fill: string;
  line: string;
  /** A dashed line says "writable", besides the colour. */
  dashed?: boolean;
}

/** A box with round corners. */
export function box({ x, y, width, height, fill, line, dashed = false }: BoxStyle): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="${fill}" stroke="${line}" stroke-width="${sheet.line}"${dashed ? ' stroke-dasharray="14 8"' : ""}/>`;
}

/** The whole picture on its opaque card. */
export function svgSheet(height: number, card: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${sheet.width}" height="${height}" viewBox="0 0 ${sheet.width} ${height}">`,
    `<rect width="${sheet.width}" height="${height}" fill="${card}"/>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}
