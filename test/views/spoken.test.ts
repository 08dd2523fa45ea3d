// Goal: whoever speaks to their device can press a button by the words they see on it.
// Method: every button of every golden; WCAG 2.5.3 (label in name).

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "..", "golden", "views");
const files = globSync("*.json", { cwd: folder });

test("what a screen reader says of a button holds the words that stand on it", () => {
  const buttons = files.flatMap((file) =>
    labelled(JSON.parse(readFileSync(join(folder, file), "utf8"))).map((one) => ({ file, ...one })),
  );
  expect(buttons.length).toBeGreaterThan(50);
  const others = buttons.filter(
    ({ seen, spoken }) => !spoken.toLowerCase().includes(seen.toLowerCase()),
  );
  expect(others).toEqual([]);
});

interface Labelled {
  seen: string;
  spoken: string;
}

function labelled(value: unknown): Labelled[] {
  if (typeof value !== "object" || value === null) return [];
  const { text, accessibility_label: spoken } = value as {
    text?: { text?: string };
    accessibility_label?: string;
  };
  const own = spoken === undefined ? [] : [{ seen: text?.text ?? "", spoken }];
  return [...own, ...Object.values(value).flatMap(labelled)];
}
