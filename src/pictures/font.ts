import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What is needed of a font to lay out text before it is drawn. */
export interface Font {
  /** Whether there is a glyph for a code point. */
  covers(point: number): boolean;
  /** The width of `text` in pixels at `size` pixels, without kerning. */
  width(text: string, size: number): number;
}

/** The font files of every picture, as paths: nothing of the machine's own fonts is used, so a picture is the same everywhere. */
export const fontFiles = {
  words: fileURLToPath(import.meta.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf")),
  strongWords: fileURLToPath(import.meta.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf")),
  names: fileURLToPath(import.meta.resolve("@expo-google-fonts/ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf")),
  strongNames: fileURLToPath(
    import.meta.resolve("@expo-google-fonts/ibm-plex-mono/600SemiBold/IBMPlexMono_600SemiBold.ttf"),
  ),
};

export type Face = keyof typeof fontFiles;

const read = new Map<Face, Font>();

/** The font of a face, read when it is first needed. Throws when its file is missing or damaged. */
export function fontOf(face: Face): Font {
  const known = read.get(face);
  if (known) return known;
  const fresh = readFont(readFileSync(fontFiles[face]));
  read.set(face, fresh);
  return fresh;
}

/** Reads coverage and widths from a TrueType file (tables `cmap`, `hmtx`, `hhea`, `head`). https://learn.microsoft.com/typography/opentype/spec/ */
function readFont(file: Buffer): Font {
  const tables = new Map<string, number>();
  for (let index = 0; index < file.readUInt16BE(4); index++) {
    const at = 12 + 16 * index;
    tables.set(file.toString("latin1", at, at + 4), file.readUInt32BE(at + 8));
  }
  const table = (name: string): number => {
    const at = tables.get(name);
    if (at === undefined) throw new Error(`the font has no table ${name}`);
    return at;
  };
  const unitsPerEm = file.readUInt16BE(table("head") + 18);
  const measured = file.readUInt16BE(table("hhea") + 34);
  const glyphs = readGlyphs(file, table("cmap"));
  const widths = table("hmtx");
  const advance = (point: number): number =>
    file.readUInt16BE(widths + 4 * Math.min(glyphs.get(point) ?? 0, measured - 1));
  return {
    covers: (point) => glyphs.has(point),
    width(text, size) {
      let units = 0;
      for (const character of text) units += advance(character.codePointAt(0) ?? 0);
      return (units * size) / unitsPerEm;
    },
  };
}

/** Code point → glyph of the basic plane, from the subtable of format 4. */
function readGlyphs(file: Buffer, cmap: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let index = 0; index < file.readUInt16BE(cmap + 2); index++) {
    const at = cmap + file.readUInt32BE(cmap + 8 + 8 * index);
    if (file.readUInt16BE(at) !== 4) continue;
    const doubled = file.readUInt16BE(at + 6);
    for (let segment = 0; segment < doubled; segment += 2) {
      const ends = at + 14 + segment;
      const starts = ends + doubled + 2;
      const start = file.readUInt16BE(starts);
      const delta = file.readUInt16BE(starts + doubled);
      const ranges = starts + 2 * doubled;
      const range = file.readUInt16BE(ranges);
      for (let point = start; point <= file.readUInt16BE(ends) && point < 0xffff; point++) {
        const listed = range === 0 ? point : file.readUInt16BE(ranges + range + 2 * (point - start));
        const glyph = listed === 0 && range !== 0 ? 0 : (listed + delta) & 0xffff;
        if (glyph !== 0) glyphs.set(point, glyph);
      }
    }
    return glyphs;
  }
  throw new Error("the font has no character map of format 4");
}
