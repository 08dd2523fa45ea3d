/** What is known of a font: which characters it can draw, and how wide they are. */
export interface Font {
  /** In parts of the font's size; undefined: the font has no glyph for this character. */
  widthOf(codePoint: number): number | undefined;
}

/**
 * Reads which characters a TrueType font draws and how wide each is (OpenType specification: tables
 * cmap in its formats 4 and 12, head, hhea, hmtx). Throws where the bytes are no such font.
 */
export function readFont(bytes: Uint8Array): Font {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = tablesOf(view);
  const unitsPerEm = view.getUint16(at(tables, "head") + 18);
  const hmtx = at(tables, "hmtx");
  const widths = view.getUint16(at(tables, "hhea") + 34);
  const glyphs = glyphsOf(view, at(tables, "cmap"));
  return {
    widthOf(codePoint) {
      const glyph = glyphs.get(codePoint);
      if (glyph === undefined) return undefined;
      // the glyphs after the last width share it
      return view.getUint16(hmtx + 4 * Math.min(glyph, widths - 1)) / unitsPerEm;
    },
  };
}

function tablesOf(view: DataView): ReadonlyMap<string, number> {
  const tables = new Map<string, number>();
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const record = 12 + 16 * index;
    const tag = [0, 1, 2, 3].map((n) => String.fromCharCode(view.getUint8(record + n))).join("");
    tables.set(tag, view.getUint32(record + 8));
  }
  return tables;
}

function at(tables: ReadonlyMap<string, number>, tag: string): number {
  const offset = tables.get(tag);
  if (offset === undefined) throw new Error(`the font has no table ${tag}`);
  return offset;
}

/** Code point to glyph; glyph 0 stands for a character that the font lacks. */
function glyphsOf(view: DataView, cmap: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>();
  const seen = new Set<number>();
  for (let index = 0; index < view.getUint16(cmap + 2); index += 1) {
    const subtable = cmap + view.getUint32(cmap + 4 + 8 * index + 4);
    if (seen.has(subtable)) continue;
    seen.add(subtable);
    const format = view.getUint16(subtable);
    if (format === 4) addSegments(view, subtable, glyphs);
    if (format === 12) addGroups(view, subtable, glyphs);
  }
  return glyphs;
}

function addSegments(view: DataView, subtable: number, glyphs: Map<number, number>): void {
  const size = view.getUint16(subtable + 6);
  const ends = subtable + 14;
  const starts = ends + size + 2;
  for (let offset = 0; offset < size; offset += 2) {
    const end = view.getUint16(ends + offset);
    const start = view.getUint16(starts + offset);
    const delta = view.getUint16(starts + size + offset);
    const rangeAt = starts + 2 * size + offset;
    const range = view.getUint16(rangeAt);
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const raw = range === 0 ? code : view.getUint16(rangeAt + range + 2 * (code - start));
      const glyph = range !== 0 && raw === 0 ? 0 : (raw + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

function addGroups(view: DataView, subtable: number, glyphs: Map<number, number>): void {
  for (let index = 0; index < view.getUint32(subtable + 12); index += 1) {
    const group = subtable + 16 + 12 * index;
    const start = view.getUint32(group);
    for (let code = start; code <= view.getUint32(group + 4); code += 1) {
      const glyph = view.getUint32(group + 8) + code - start;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}
