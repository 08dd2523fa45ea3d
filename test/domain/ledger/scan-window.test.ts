// Goal: changes are looked for where B3 says: from a day before the onset that was held at the declaration to the
// detection that led to it; widened to when it last worked. Method: the times of S1 to S3, and a few odd ones.

import { describe, expect, test } from "vitest";
import {
  comparedWith,
  defaultScan,
  isWidened,
  onsetOf,
  scanOf,
} from "#src/domain/ledger/scan-window.ts";
import { incident, strand } from "#test/support/factories.ts";

const time = (text: string) => new Date(text);

describe("the default scan", () => {
  test("without an onset held, it begins a day before the declaration (S1)", () => {
    const s1 = incident({
      onsetHeldAt: null,
      noticedAt: time("2025-08-29T18:00:00Z"),
      declaredAt: time("2025-08-29T20:00:00Z"),
    });
    expect(defaultScan(s1)).toEqual({
      from: time("2025-08-28T20:00:00Z"),
      to: time("2025-08-29T18:00:00Z"),
    });
  });

  test("with an onset held, it begins a day before that and ends with the detection (S3)", () => {
    const s3 = incident({
      onsetHeldAt: time("2025-04-25T12:00:00Z"),
      noticedAt: time("2025-04-27T11:00:00Z"),
      declaredAt: time("2025-04-27T12:00:00Z"),
    });
    expect(defaultScan(s3)).toEqual({
      from: time("2025-04-24T12:00:00Z"),
      to: time("2025-04-27T11:00:00Z"),
    });
  });

  test("an onset that is estimated later does not move it", () => {
    const held = incident({ onsetHeldAt: null, onsetAt: time("2025-08-05T12:00:00Z") });
    expect(defaultScan(held).from.getTime()).toBeGreaterThan(
      time("2025-08-05T12:00:00Z").getTime(),
    );
  });

  test("nobody said when it was noticed: it ends with the declaration", () => {
    const one = incident({ noticedAt: null });
    expect(defaultScan(one).to).toEqual(one.declaredAt);
  });
});

describe("the widened scan", () => {
  const wide = incident({
    onsetHeldAt: time("2025-04-25T12:00:00Z"),
    scanFrom: time("2025-04-01T12:00:00Z"),
  });

  test("begins where it was widened to", () => {
    expect(scanOf(wide).from).toEqual(time("2025-04-01T12:00:00Z"));
    expect(isWidened(wide)).toBe(true);
  });

  test("never becomes narrower than the default one", () => {
    const narrow = { ...wide, scanFrom: time("2025-04-25T00:00:00Z") };
    expect(scanOf(narrow)).toEqual(defaultScan(narrow));
    expect(isWidened(narrow)).toBe(false);
  });
});

test("versions are compared with those of 48 hours before the onset as it is estimated now", () => {
  const one = incident({
    onsetHeldAt: time("2025-04-25T12:00:00Z"),
    onsetAt: time("2025-04-24T17:00:00Z"),
  });
  expect(comparedWith({ incident: one, strands: [] })).toEqual(time("2025-04-22T17:00:00Z"));
});

test("where the incident holds no onset, the earliest strand says when it began; where none does, nobody has", () => {
  const one = incident({ onsetAt: null, onsetHeldAt: null });
  const strands = [
    strand({ number: 1, windowFrom: time("2025-08-25T12:00:00Z") }),
    strand({ number: 2, windowFrom: time("2025-08-05T12:00:00Z") }),
  ];
  expect(onsetOf({ incident: one, strands })).toEqual(time("2025-08-05T12:00:00Z"));
  expect(comparedWith({ incident: one, strands })).toEqual(time("2025-08-03T12:00:00Z"));
  expect(onsetOf({ incident: one, strands: [] })).toBeNull();
});
