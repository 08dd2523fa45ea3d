import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { renderAsync } from "@resvg/resvg-js";
import { type Font, readFont } from "./font.ts";

const regular = fontPath("400Regular/Inter_400Regular.ttf");
const bold = fontPath("700Bold/Inter_700Bold.ttf");
let read: Font | undefined;

/** The font that pictures are drawn with, read once: what it lacks is replaced before it is drawn. */
export function pictureFont(): Font {
  read ??= readFont(readFileSync(regular));
  return read;
}

/**
 * The picture as PNG, as large as the SVG says. With the font that comes as a package alone, so that it is
 * the same on every machine. Throws where it is no SVG.
 */
export async function toPng(svg: string): Promise<Buffer> {
  const image = await renderAsync(svg, {
    font: {
      loadSystemFonts: false,
      fontFiles: [regular, bold],
      defaultFontFamily: "Inter",
    },
  });
  return image.asPng();
}

function fontPath(name: string): string {
  return fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${name}`));
}
