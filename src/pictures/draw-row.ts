import type { Font } from "./font.ts";
import type { Mark } from "./marks.ts";
import { margin, pictureWidth, type Scale } from "./scale.ts";
import { cutTo, type Drawn, element, round, type Svg, text, textOnWhite, widthOf } from "./svg.ts";

const radius = 19;
const laneHeight = 46;
const labelSize = 26;
const labelWidth = 380;
/** Between a mark and its label, and between what stands in one lane. */
const gap = 10;

/** The row of a layer: its name, and below it its marks with a short label, in as many lanes as keep them apart. */
export function drawRow(
  label: string,
  marks: readonly Mark[],
  font: Font,
  scale: Scale,
  top: number,
): Drawn {
  const name = marks.length === 0 ? `${label}: no change known` : label;
  const parts: Svg[] = [
    element("line", {
      x1: margin,
      x2: pictureWidth - margin,
      y1: top,
      y2: top,
      stroke: "#8a8a8a",
      "stroke-width": 1,
    }),
    textOnWhite(font, name, { x: margin + 4, y: top + 36, size: 28, isBold: marks.length > 0 }),
  ];
  const lanes: [number, number][][] = [];
  for (const mark of marks) {
    const x = Math.min(
      Math.max(scale.xOf(mark.from), margin + radius),
      pictureWidth - margin - radius,
    );
    const end = scale.xOf(mark.to);
    const label = placeLabel(font, labelOf(mark), x);
    const [from, to] = [label.from, Math.max(label.to, end)];
    const free = lanes.findIndex((taken) =>
      taken.every(([a, b]) => to + gap < a || from - gap > b),
    );
    const lane = free === -1 ? lanes.length : free;
    (lanes[lane] ??= []).push([from, to]);
    const y = top + 48 + lane * laneHeight + radius;
    const { words, anchor } = label;
    const place = { x: anchor === "end" ? x - radius - gap : x + radius + gap, y: y + 9 };
    parts.push(
      textOnWhite(font, words, { ...place, size: labelSize, ...(anchor ? { anchor } : {}) }),
      // from the first to the last of several
      element("path", {
        d: `M${round(x)} ${y + radius} L${round(Math.max(end, x))} ${y + radius}`,
        stroke: "#1d3d8f",
        "stroke-width": 4,
      }),
      drawMark(mark, font, x, y),
    );
  }
  return { parts, bottom: top + 54 + lanes.length * laneHeight };
}

/** A mark with its number: filled where the change was declared, hollow where one was not. */
export function drawMark(mark: Mark, font: Font, x: number, y: number): Svg {
  const isHollow = mark.undeclared > 0;
  const fill = isHollow ? "#ffffff" : "#1d3d8f";
  const shape = { fill, stroke: "#1d3d8f", "stroke-width": isHollow ? 5 : 2 };
  const number = { x, y: y + 9, size: 24, isBold: true, anchor: "middle" } as const;
  return element(
    "g",
    {},
    element("circle", { cx: x, cy: y, r: isHollow ? radius - 2 : radius, ...shape }),
    text(font, String(mark.number), number, isHollow ? "#1b1b1b" : "#ffffff"),
  );
}

/** "undeclared: gpt-4o → gpt-4o-04-25", "12 changes, 2 undeclared". */
function labelOf({ count, undeclared, summary }: Mark): string {
  if (count === 1) return undeclared === 1 ? `undeclared: ${summary}` : summary;
  return undeclared === 0 ? `${count} changes` : `${count} changes, ${undeclared} undeclared`;
}

/** Right of the mark where there is room for it, else left of it; where neither has room, on the wider side. */
function placeLabel(font: Font, label: string, x: number) {
  const room = {
    right: pictureWidth - margin - x - radius - gap,
    left: x - radius - gap - margin,
  };
  const short = cutTo(font, label, labelSize, labelWidth);
  const width = widthOf(font, short, labelSize);
  const isLeft = width > room.right && room.left > room.right;
  const words = cutTo(font, short, labelSize, isLeft ? room.left : room.right);
  const reach = radius + gap + widthOf(font, words, labelSize);
  return isLeft
    ? { words, from: x - reach, to: x + radius, anchor: "end" as const }
    : { words, from: x - radius, to: x + reach, anchor: undefined };
}
