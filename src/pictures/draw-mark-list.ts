import type { ChangePicture } from "./change-picture.ts";
import { markHead, markSummary } from "./change-lines.ts";
import { drawMark } from "./draw-row.ts";
import type { Font } from "./font.ts";
import type { Mark } from "./marks.ts";
import { margin, pictureWidth } from "./scale.ts";
import { cutTo, type Drawn, element, type Svg, text } from "./svg.ts";

const rowHeight = 82;
const left = margin + 56;

/** What each mark stands for, by its number: when, which layer, whether it was declared, and what it is. */
export function drawMarkList(
  marks: readonly Mark[],
  shown: ChangePicture,
  font: Font,
  top: number,
): Drawn {
  if (marks.length === 0) return { parts: [], bottom: top };
  const wide = pictureWidth - margin - left;
  const key: Svg[] = [
    element("line", {
      x1: margin,
      x2: pictureWidth - margin,
      y1: top + 16,
      y2: top + 16,
      stroke: "#8a8a8a",
      "stroke-width": 1,
    }),
    text(font, "Filled: declared. Hollow: undeclared, seen in telemetry alone.", {
      x: margin,
      y: top + 60,
      size: 28,
      isBold: true,
    }),
  ];
  const rows = marks.flatMap((mark, index): Svg[] => {
    const y = top + 84 + index * rowHeight;
    return [
      drawMark(mark, font, margin + 20, y + 24),
      text(font, cutTo(font, markHead(mark, shown.now), 26, wide), {
        x: left,
        y: y + 24,
        size: 26,
      }),
      text(font, cutTo(font, markSummary(mark), 28, wide, true), {
        x: left,
        y: y + 58,
        size: 28,
        isBold: true,
      }),
    ];
  });
  return { parts: [...key, ...rows], bottom: top + 84 + marks.length * rowHeight };
}
