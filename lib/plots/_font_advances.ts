import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Which cut of DejaVu Sans. */
export type FontWeight = "regular" | "bold";

/** A font as far as layout needs it; all lengths in em. */
export interface FontMetrics {
  readonly ascent: number;
  readonly descent: number;
  /** How far each character moves the pen, kerning ignored. */
  advance(character: string): number;
}

const require = createRequire(import.meta.url);

/** The TrueType files of the house font, which both the measuring and the drawing read. */
export const FONT_FILES: Record<FontWeight, string> = {
  regular: require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
  bold: require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
};

/**
 * Reads the metrics of a TrueType file with a Unicode table of format 4, which covers the Basic Multilingual Plane.
 * A character outside it counts as the font's box for missing glyphs.
 *
 * Source: OpenType specification, tables `head`, `hhea`, `hmtx` and `cmap`.
 */
export function readFontMetrics(path: string): FontMetrics {
  const bytes = readFileSync(path);
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, number>();
  for (let table = 0; table < file.getUint16(4); table++) {
    const record = 12 + 16 * table;
    tables.set(bytes.toString("latin1", record, record + 4), file.getUint32(record + 8));
  }
  const offset = (tag: string) => {
    const start = tables.get(tag);
    if (start === undefined) throw new SyntaxError(`Cannot read font metrics: ${path} must have a table ${tag}`);
    return start;
  };
  const unitsPerEm = file.getUint16(offset("head") + 18);
  const horizontal = offset("hhea");
  const longMetrics = file.getUint16(horizontal + 34);
  const metrics = offset("hmtx");
  const glyphOf = readGlyphIndex(file, offset("cmap"), path);
  const advances = new Map<string, number>();
  return {
    ascent: file.getInt16(horizontal + 4) / unitsPerEm,
    descent: -file.getInt16(horizontal + 6) / unitsPerEm,
    advance(character) {
      let advance = advances.get(character);
      if (advance === undefined) {
        const glyph = Math.min(glyphOf(character.codePointAt(0) ?? 0), longMetrics - 1);
        advance = file.getUint16(metrics + 4 * glyph) / unitsPerEm;
        advances.set(character, advance);
      }
      return advance;
    },
  };
}

function readGlyphIndex(file: DataView, cmap: number, path: string): (codePoint: number) => number {
  const start = Array.from({ length: file.getUint16(cmap + 2) }, (_, i) => cmap + file.getUint32(cmap + 8 + 8 * i))
    .find((subtable) => file.getUint16(subtable) === 4);
  if (start === undefined) throw new SyntaxError(`Cannot read font metrics: ${path} must have a cmap of format 4`);
  const size = file.getUint16(start + 6); // two bytes for each segment
  const [ends, starts, deltas, ranges] = [14, 16 + size, 16 + 2 * size, 16 + 3 * size].map((column) => start + column);
  return (codePoint) => {
    for (let segment = 0; segment < size; segment += 2) {
      if (codePoint > file.getUint16(ends + segment)) continue;
      const first = file.getUint16(starts + segment);
      if (codePoint < first) return 0;
      const delta = file.getUint16(deltas + segment);
      const range = file.getUint16(ranges + segment);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = file.getUint16(ranges + segment + range + 2 * (codePoint - first));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
