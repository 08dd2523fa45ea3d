import type { Font } from "./font.ts";

/** A piece of SVG that is safe to put into a picture: made by the functions below alone. */
export interface Svg {
  readonly svg: string;
}

/** Some pieces of a picture, and where what comes below them begins, in pixels from the top. */
export interface Drawn {
  parts: Svg[];
  bottom: number;
}

type Attributes = Readonly<Record<string, string | number>>;

/** One element; attributes are escaped, numbers have one decimal, the text of people comes in by `text` alone. */
export function element(name: string, attributes: Attributes, ...children: readonly Svg[]): Svg {
  const written = Object.entries(attributes)
    .map(([key, value]) => [key, typeof value === "number" ? round(value) : value] as const)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join("");
  return { svg: `<${name}${written}>${children.map(({ svg }) => svg).join("")}</${name}>` };
}

/** A line of text with its left end, middle or right end at x, its baseline at y; what the font lacks is replaced. */
export function text(
  font: Font,
  words: string,
  place: { x: number; y: number; size: number; isBold?: boolean; anchor?: "middle" | "end" },
  fill = "#1b1b1b",
): Svg {
  const { x, y, size, isBold = false, anchor = "start" } = place;
  const attributes = {
    x,
    y,
    "font-family": "Inter",
    "font-size": size,
    "font-weight": isBold ? 700 : 400,
    "text-anchor": anchor,
    fill,
  };
  return element("text", attributes, { svg: escapeXml(drawable(font, words)) });
}

/** A whole picture on white, of this size in pixels. */
export function picture(width: number, height: number, children: readonly Svg[]): string {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
  };
  const ground = element("rect", { width, height, fill: "#ffffff" });
  return element("svg", attributes, ground, ...children).svg;
}

/** Many lines as one; runs of characters that the font lacks, or that are no characters of a text, become one "?". */
export function drawable(font: Font, words: string): string {
  // marks of direction and joiners draw nothing by themselves
  const plain = words.replaceAll(/\p{Cf}|\uFE0F/gu, "").replaceAll(/\s+/gu, " ");
  let drawn = "";
  for (const character of plain) {
    const isKnown = font.widthOf(character.codePointAt(0) ?? 0) !== undefined;
    if (isKnown && !/\p{C}/u.test(character)) drawn += character;
    else if (!drawn.endsWith("?")) drawn += "?";
  }
  return drawn.trim();
}

/** How wide these words are, in pixels, as `drawable` leaves them. Bold is a little wider. */
export function widthOf(font: Font, words: string, size: number, isBold = false): number {
  let width = 0;
  for (const character of words) width += font.widthOf(character.codePointAt(0) ?? 0) ?? 0;
  return width * size * (isBold ? 1.07 : 1);
}

/** The words as they can be drawn, cut with "…" where they are wider than this. */
export function cutTo(
  font: Font,
  words: string,
  size: number,
  width: number,
  isBold = false,
): string {
  // no line of a picture holds more: what is longer is not measured
  const whole = drawable(font, words.slice(0, 1_000));
  if (widthOf(font, whole, size, isBold) <= width) return whole;
  let kept = "";
  let left = width - widthOf(font, "…", size, isBold);
  for (const character of whole) {
    left -= widthOf(font, character, size, isBold);
    if (left < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** The same text with white behind it, so that it can be read where a line runs through. */
export function textOnWhite(
  font: Font,
  words: string,
  place: { x: number; y: number; size: number; isBold?: boolean; anchor?: "end" },
): Svg {
  const { x, y, size, isBold = false, anchor } = place;
  const width = widthOf(font, drawable(font, words), size, isBold) + 8;
  const ground = {
    x: anchor === "end" ? x - width + 4 : x - 4,
    y: y - size,
    width,
    height: size * 1.25,
    fill: "#ffffff",
  };
  return element("g", {}, element("rect", ground), text(font, words, place));
}

/** A number of pixels with one decimal: the same text on every machine. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(words: string): string {
  return words
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
