import { layerIds, layers } from "#src/domain/layers/index.ts";
import type { ChangePicture } from "./change-picture.ts";
import { drawMarkList } from "./draw-mark-list.ts";
import { drawRow } from "./draw-row.ts";
import { drawSpans } from "./draw-spans.ts";
import type { Font } from "./font.ts";
import { marksOf } from "./marks.ts";
import { margin, pictureWidth, type Scale, scaleOf } from "./scale.ts";
import {
  cutTo,
  drawable,
  type Drawn,
  element,
  picture,
  type Svg,
  text,
  textOnWhite,
} from "./svg.ts";
import { ticks, timeWords } from "./times.ts";
import { noChangeWords, wordsOfMoments } from "./change-lines.ts";

const wide = pictureWidth - 2 * margin;

/**
 * The picture of changes (0.18): a row for each layer, its changes as marks on a time axis in UTC, lines for
 * onset, detection and declaration, bars for impact and levers, and below what each mark stands for. SVG
 * of 1,200 pixels' width without anything from outside. What it says, `changeLines` says too.
 */
export function drawChanges(shown: ChangePicture, font: Font): string {
  const scale = scaleOf(shown);
  const marks = marksOf(shown.changes, scale.from, scale.to);
  const head = drawHead(shown, font);
  const moments = drawMomentLabels(shown, font, scale, head.bottom);
  const top = moments.bottom + 10;
  let bottom = top;
  const rows: Svg[] = [];
  for (const layer of layerIds) {
    const own = marks.filter((mark) => mark.layer === layer);
    const row = drawRow(layers[layer].label, own, font, scale, bottom);
    rows.push(...row.parts);
    bottom = row.bottom;
  }
  const axis = drawAxis(shown, font, scale, bottom);
  const spans = drawSpans(shown, font, scale, axis.bottom);
  const lines = drawMoments(shown, scale, moments.tops, axis.line);
  const list = drawMarkList(marks, shown, font, spans.bottom);
  const foot = drawFoot(shown, font, list.bottom);
  return picture(pictureWidth, Math.ceil(foot.bottom + margin), [
    ...drawUnscanned(shown, scale, top, axis.line),
    ...lines,
    ...head.parts,
    ...moments.parts,
    ...rows,
    ...axis.parts,
    ...spans.parts,
    ...list.parts,
    ...foot.parts,
  ]);
}

function drawHead(shown: ChangePicture, font: Font): Drawn {
  const { name, title, window, now } = shown;
  const words = cutTo(font, title, 34, wide, true);
  const from = timeWords(window.from, now);
  const under = `Changes from ${from} to ${timeWords(window.to, now)} UTC`;
  const parts = [
    text(font, name, { x: margin, y: 76, size: 40, isBold: true }),
    text(font, words, { x: margin, y: 124, size: 34, isBold: true }),
    text(font, under, { x: margin, y: 168, size: 30 }),
  ];
  if (shown.changes.length > 0) return { parts, bottom: 186 };
  const [none, what] = noChangeWords;
  return {
    parts: [
      ...parts,
      text(font, none, { x: margin, y: 236, size: 34, isBold: true }),
      text(font, what, { x: margin, y: 276, size: 28 }),
    ],
    bottom: 296,
  };
}

/** Onset, detection and declaration: told apart by their words and by how their lines are dashed. */
const dashes = ["14 8", "3 7", "none"] as const;

function drawMomentLabels(shown: ChangePicture, font: Font, scale: Scale, top: number) {
  const parts: Svg[] = [];
  const tops: number[] = [];
  wordsOfMoments(shown).forEach(({ at, words }, index) => {
    const y = top + 34 + index * 40;
    tops.push(y + 8);
    const x = scale.xOf(at);
    const isRight = x > pictureWidth / 2;
    const place = isRight
      ? ({ x: x + 2, y, size: 28, isBold: true, anchor: "end" } as const)
      : { x: x - 2, y, size: 28, isBold: true };
    parts.push(textOnWhite(font, words, place));
  });
  return { parts, tops, bottom: top + 20 + tops.length * 40 };
}

function drawMoments(
  shown: ChangePicture,
  scale: Scale,
  tops: readonly number[],
  bottom: number,
): Svg[] {
  return wordsOfMoments(shown).map(({ at, nth }, index) => {
    const x = scale.xOf(at);
    const attributes = { x1: x, x2: x, y1: tops[index] ?? 0, y2: bottom };
    return element("line", {
      ...attributes,
      stroke: "#1b1b1b",
      "stroke-width": 4,
      "stroke-dasharray": dashes[nth] ?? "none",
    });
  });
}

/** Where nobody looked for changes the ground is grey: no mark there says nothing. */
function drawUnscanned(
  { window }: ChangePicture,
  scale: Scale,
  top: number,
  bottom: number,
): Svg[] {
  const edges: [number, number][] = [
    [margin, scale.xOf(window.from)],
    [scale.xOf(window.to), pictureWidth - margin],
  ];
  return edges
    .filter(([from, to]) => to - from > 1)
    .map(([x, to]) =>
      element("rect", { x, y: top, width: to - x, height: bottom - top, fill: "#ececec" }),
    );
}

function drawAxis({ now }: ChangePicture, font: Font, scale: Scale, top: number) {
  const line = top + 12;
  const stroke = { stroke: "#1b1b1b", "stroke-width": 3 };
  const parts = [
    element("line", { x1: margin, x2: pictureWidth - margin, y1: line, y2: line, ...stroke }),
  ];
  for (const { at, words } of ticks(scale.from, scale.to, 5, now)) {
    const x = scale.xOf(at);
    parts.push(element("line", { x1: x, x2: x, y1: line, y2: line + 12, ...stroke }));
    const middle = Math.min(Math.max(x, margin + 80), pictureWidth - margin - 80);
    parts.push(text(font, words, { x: middle, y: line + 42, size: 26, anchor: "middle" }));
  }
  return { parts, line, bottom: line + 60 };
}

function drawFoot(shown: ChangePicture, font: Font, top: number): Drawn {
  const lines = [
    "Times are UTC. On the grey ground nobody looked for changes.",
    "A change close to the onset is worth a look. It is no proof.",
  ];
  const told = [shown.title, ...shown.changes.map(({ summary }) => summary)];
  const marks = (words: string): number => words.split("?").length;
  if (told.slice(0, 50).some((words) => marks(drawable(font, words)) > marks(words))) {
    lines.push("Where a “?” stands, the message beside this picture may have the character.");
  }
  const parts = lines.map((words, index) =>
    text(font, words, { x: margin, y: top + 40 + index * 36, size: 26 }, "#4a4a4a"),
  );
  return { parts, bottom: top + 20 + lines.length * 36 };
}
