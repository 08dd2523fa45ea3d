import type { ChangePicture, Span } from "./change-picture.ts";
import { shownSpans, spanWords } from "./change-lines.ts";
import type { Font } from "./font.ts";
import { margin, pictureWidth, type Scale } from "./scale.ts";
import { cutTo, type Drawn, element, round, type Svg, text } from "./svg.ts";

/** How tall a bar is, and how far one lies below another. */
const barHeight = 18;
const rowHeight = 74;

/** The bars for impact, strands and levers, each under its words; an arrow where it goes on. */
export function drawSpans(shown: ChangePicture, font: Font, scale: Scale, top: number): Drawn {
  const { spans, more } = shownSpans(shown);
  const wide = pictureWidth - 2 * margin;
  const parts = spans.flatMap((span, index): Svg[] => {
    const y = top + index * rowHeight;
    const words = cutTo(font, spanWords(span, shown.now), 28, wide);
    return [
      text(font, words, { x: margin, y: y + 34, size: 28 }),
      drawBar(span, shown, scale, y + 46),
    ];
  });
  const bottom = top + spans.length * rowHeight;
  if (more === undefined) return { parts, bottom };
  const rest = text(font, more, { x: margin, y: bottom + 34, size: 28 });
  return { parts: [...parts, rest], bottom: bottom + 50 };
}

/** The impact is solid, all else is outlined. */
function drawBar(span: Span, shown: ChangePicture, scale: Scale, y: number): Svg {
  const isImpact = span === shown.impact;
  const end = span.until ?? shown.now;
  // what lies outside shows at the edge that it is there
  const left = Math.min(scale.xOf(span.from), pictureWidth - margin - 14);
  const right = Math.max(scale.xOf(end), left + 14);
  const goesOn = span.until === null || end > scale.to;
  const tip = goesOn ? Math.min(12, right - left) : 0;
  const [x, to, middle, bottom] = [left, right, y + barHeight / 2, y + barHeight].map(round);
  const body = round(right - tip);
  return element("path", {
    d: `M${x} ${y} L${body} ${y} L${to} ${middle} L${body} ${bottom} L${x} ${bottom} Z`,
    fill: isImpact ? "#8f1d1d" : "#ffffff",
    stroke: isImpact ? "#8f1d1d" : "#1b1b1b",
    "stroke-width": 3,
  });
}
