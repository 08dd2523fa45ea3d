/**
 * Goal: times in the page are the reader's: the same moment is another hour, and perhaps another day.
 * Method: one moment, read in several zones, also on the day the clocks change.
 */
import { describe, expect, test } from "vitest";
import { zoneOf } from "#sandbox/page/slack/days.ts";

const lateEvening = "2026-03-09T23:30:00.000Z";

describe("a moment", () => {
  test("has the hour of the reader's zone", () => {
    expect(zoneOf("UTC").time(lateEvening)).toBe("23:30");
    expect(zoneOf("Europe/Berlin").time(lateEvening)).toBe("00:30");
    expect(zoneOf("America/New_York").time(lateEvening)).toBe("19:30");
    expect(zoneOf("UTC").time("2026-03-09T00:00:00Z")).toBe("00:00");
  });
  test("has the day of the reader's zone", () => {
    expect(zoneOf("UTC").dayKey(lateEvening)).toBe("2026-03-09");
    expect(zoneOf("Europe/Berlin").dayKey(lateEvening)).toBe("2026-03-10");
  });
  test("is said in full, with the zone", () => {
    expect(zoneOf("Europe/Berlin").full(lateEvening)).toMatch(
      /^Tuesday.* 10 March 2026 at 00:30:00 (CET|GMT\+1)$/,
    );
  });
  test("is said with the name of the zone", () => {
    const at = "2026-07-09T09:24:00Z";
    expect(zoneOf("UTC").withZone(at)).toMatch(/ at 09:24 UTC$/);
    expect(zoneOf("America/New_York").withZone(at)).toMatch(/ at 05:24 GMT-4$/);
  });
  test("of no form is empty, and a zone that nobody knows is UTC", () => {
    expect(zoneOf("UTC").time("soon")).toBe("");
    expect(zoneOf("Mars/Crater").time(lateEvening)).toBe("23:30");
  });
});

describe("a day", () => {
  const now = new Date("2026-03-10T08:00:00Z");
  const utc = zoneOf("UTC");
  test("is today or yesterday by the workspace's clock", () => {
    expect(utc.dayName("2026-03-10T00:00:01Z", now)).toBe("Today");
    expect(utc.dayName(lateEvening, now)).toBe("Yesterday");
    expect(zoneOf("Europe/Berlin").dayName(lateEvening, now)).toBe("Today");
  });
  test("is yesterday on the day after the clocks changed, too", () => {
    const sunday = new Date("2026-03-29T21:30:00Z");
    expect(zoneOf("Europe/Berlin").dayName("2026-03-28T22:30:00Z", sunday)).toBe("Yesterday");
  });
  test("is named with its weekday, and with the year where it is another", () => {
    expect(utc.dayName("2026-03-02T12:00:00Z", now)).toMatch(/^Monday,? 2 March$/);
    expect(utc.dayName("2025-12-31T12:00:00Z", now)).toMatch(/^Wednesday,? 31 December 2025$/);
  });
});
