// Goal: the picture of changes is a well-formed picture that needs nothing from outside, draws every
// character, keeps its marks apart and stays small however much changed; its text says all that it says.
// Method: S1 and S2 as the ledger finds them, and made-up incidents; the SVG is read as XML, the font's own
// table is asked for each character; fast-check for what people may have typed.
import { XMLValidator } from "fast-xml-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { layerIds } from "#src/domain/layers/index.ts";
import { altTextAtMost, changeAltText, changeLines } from "#src/pictures/change-lines.ts";
import { type ChangePicture, changePictureOf } from "#src/pictures/change-picture.ts";
import { drawChanges } from "#src/pictures/changes.ts";
import { pictureFont, toPng } from "#src/pictures/png.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import { pictureComment } from "#views/messages/picture-comment.ts";
import { at, incidentState } from "#test/support/factories.ts";
import { expectGolden } from "#test/support/golden.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { change, scenarioState } from "./scenario-state.ts";

const font = pictureFont();
const s1 = changePictureOf(
  scenarioState("s1-three-serving-bugs.yaml", ["load_balancing"]),
  new Date("2025-09-20T12:00:00Z"),
);
const s2 = changePictureOf(
  scenarioState("s2-product-layer-changes.yaml", ["param_default"], {
    recoveredAt: new Date("2026-04-20T12:00:00Z"),
  }),
  new Date("2026-04-22T15:00:00Z"),
);
const now = at("10:20");
const empty = changePictureOf(incidentState(), now);
/** 5,000 changes of all layers in a day, one in seven undeclared. */
const many = of(
  Array.from({ length: 5_000 }, (_, index) =>
    change(index + 1, {
      happenedAt: new Date(Date.parse("2026-03-08T09:30:00Z") + index * 16_000),
      layer: layerIds[index % 6]!,
      isDeclared: index % 7 !== 0,
      summary: `change ${index}`,
    }),
  ),
);

function of(ledgerChanges: IncidentState["ledgerChanges"], facts = {}): ChangePicture {
  return changePictureOf({ ...incidentState({ incident: facts }), ledgerChanges }, now);
}

/** What a picture is made of: nothing that loads or runs anything. */
const drawnBy = new Set(["svg", "rect", "line", "path", "circle", "text", "g"]);

interface Shapes {
  texts: string[];
  circles: { cx: number; cy: number; fill: string }[];
}

/** The texts and circles of a picture, in their order. */
function shapesOf(svg: string): Shapes {
  const texts = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, words = ""]) =>
    words
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&"),
  );
  const circles = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" [^>]*fill="([^"]+)"/g)].map(
    ([, cx, cy, fill = ""]) => ({ cx: Number(cx), cy: Number(cy), fill }),
  );
  return { texts, circles };
}

test.each([
  ["s1", s1],
  ["s2", s2],
  ["empty", empty],
  ["many", many],
])("the text that stands for the picture of %s reads well", (name, shown) => {
  const lines = changeLines(shown);
  expectGolden(`picture-of-changes-${name}`, { lines, altText: changeAltText(shown).split("\n") });
});

test("a screen reader gets all that the picture says: every moment, bar and mark is a line of the text", () => {
  for (const shown of [s1, s2, many]) {
    const told = changeLines(shown).join("\n").toLowerCase();
    const { texts } = shapesOf(drawChanges(shown, font));
    const [, , under] = texts;
    expect(under).toMatch(/^Changes from .* UTC$/);
    // what is cut in the picture stands whole in the text; labels, ticks and the key repeat the list
    const list = texts.slice(texts.findIndex((words) => words.startsWith("Filled")) + 1, -2);
    const bars = texts.filter((words) => / to (?:now|\d+ \w+ [\d:]+): /.test(words));
    for (const words of [...list, ...bars]) {
      if (!/^\d+$/.test(words)) expect(told).toContain(words.replace(/…$/, "").toLowerCase());
    }
    for (const words of texts.filter((one) => /^(?:Began|Noticed|Declared) /.test(one))) {
      expect(told).toContain(words.toLowerCase());
    }
  }
});

test("a change that nobody declared is hollow and says so in words; a declared one is filled", () => {
  const { texts, circles } = shapesOf(drawChanges(s2, font));
  // once in its row, once in the list: S2's effort default is the first
  expect(circles.map(({ fill }) => fill)).toEqual([
    "#1d3d8f",
    "#ffffff",
    "#1d3d8f",
    "#ffffff",
    "#1d3d8f",
    "#1d3d8f",
  ]);
  expect(texts.filter((words) => words.includes("undeclared"))).toEqual([
    "undeclared: default effort fro…",
    "Filled: declared. Hollow: undeclared, seen in telemetry alone.",
    "4 Mar 12:00, Orchestration & tools, undeclared",
  ]);
});

test("the picture is a PNG of 1,200 pixels' width, the same each time", async () => {
  const svg = drawChanges(s1, font);
  const png = await toPng(svg);
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(png.readUInt32BE(16)).toBe(1_200);
  expect(png.readUInt32BE(20)).toBe(Number(/height="(\d+)"/.exec(svg)?.[1]));
  expect((await toPng(drawChanges(s1, font))).equals(png)).toBe(true);
});

test("where no change is known the picture says so, and what that does not say", () => {
  const { texts, circles } = shapesOf(drawChanges(empty, font));
  expect(circles).toEqual([]);
  expect(texts).toContain("No change is known in this time.");
  expect(texts).toContain("Model: no change known");
});

test("twenty changes of one layer at the same moment stand apart from each other", () => {
  const changes = Array.from({ length: 20 }, (_, index) => change(index + 1));
  const { circles } = shapesOf(drawChanges(of(changes), font));
  const marks = circles.slice(0, 20);
  for (const [index, one] of marks.entries()) {
    for (const other of marks.slice(index + 1)) {
      expect(Math.hypot(one.cx - other.cx, one.cy - other.cy)).toBeGreaterThan(2 * 19);
    }
  }
});

test("5,000 changes are drawn as at most 20 marks that count all of them, in a moment", async () => {
  const begin = performance.now();
  const svg = drawChanges(many, font);
  // far above what it takes (20 ms), far below what growth with the square would
  expect(performance.now() - begin).toBeLessThan(1_000);
  const { circles, texts } = shapesOf(svg);
  expect(circles.length / 2).toBeLessThanOrEqual(20);
  const counted = texts.flatMap((words) => /^(\d+) changes, /.exec(words)?.[1] ?? []);
  expect(counted.reduce((sum, count) => sum + Number(count), 0)).toBe(5_000);
  expect(changeAltText(many).length).toBeLessThanOrEqual(altTextAtMost);
});

test("what people typed never breaks the picture, reaches outside or draws an empty box", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.constantFrom(
      "</text><script>alert(1)</script>",
      '" onload="x',
      "&amp;&#0;]]>",
      "日本語の説明 😀 שלום",
      "<image href='http://x/'/>",
      "x".repeat(4_000),
      "",
    ),
  );
  fc.assert(
    fc.property(hostile, hostile, (title, summary) => {
      const shown = of([change(1, { summary, isDeclared: false }), change(2)], { title });
      const svg = drawChanges(shown, font);
      expect(XMLValidator.validate(svg)).toBe(true);
      const tags = [...svg.matchAll(/<([^\s>/]+)((?: [^>]*)?)>/g)];
      expect(tags.filter(([, name = ""]) => !drawnBy.has(name))).toEqual([]);
      expect(
        tags.filter(([, , attributes = ""]) => /\b(?:href|on\w+)=|url\(/.test(attributes)),
      ).toEqual([]);
      for (const words of shapesOf(svg).texts) {
        for (const character of words) {
          expect(font.widthOf(character.codePointAt(0)!), character).toBeDefined();
        }
      }
      expect(changeAltText(shown).length).toBeLessThanOrEqual(altTextAtMost);
      expect(pictureComment("U1" as UserId, changeLines(shown)).length).toBeLessThanOrEqual(4_000);
    }),
    { numRuns: Math.ceil(propertyRuns / 5) },
  );
});

test("the message beside the picture is no markup of whoever typed it, and counts what does not fit", () => {
  const shown = of([change(1, { summary: "<!channel> & <@U2>" })]);
  const comment = pictureComment("U1" as UserId, changeLines(shown));
  expect(comment).toContain("&lt;!channel&gt; &amp; &lt;@U2&gt;");
  expect(comment).toContain("Asked for by <@U1>.");
  const long = pictureComment("U1" as UserId, ["Head", ...Array<string>(60).fill("x".repeat(99))]);
  expect(long.length).toBeLessThanOrEqual(4_000);
  expect(long).toMatch(/\n\d+ more lines: the picture has them\.$/);
});

test("a response of weeks takes at most a third of the time that is drawn", () => {
  const shown = of([change(1)]);
  const later = { ...shown, now: new Date("2026-06-01T00:00:00Z"), impact: null, levers: [] };
  const lasting = [{ words: "lever: freeze", from: at("10:00"), until: null }];
  const ticksOf = (one: ChangePicture) =>
    shapesOf(drawChanges(one, font)).texts.filter((words) => /^\d+ Mar \d\d:\d\d$/.test(words));
  expect(ticksOf({ ...later, levers: lasting })).toEqual([
    "8 Mar 12:00",
    "9 Mar 00:00",
    "9 Mar 12:00",
  ]);
});
