/**
 * Goal: a moment that the bot has in seconds is the right hour and day on the person's clock, also when
 * clocks change, and what they pick comes back as the same moment; Slack's date tokens say what Slack says.
 * Method: tables of days on which clocks change; properties over moments and zones; a table of tokens.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatSlackDate } from "#sandbox/page/kit/slack-dates.ts";
import { fromLocalInput, toLocalInput } from "#sandbox/page/kit/zone.ts";

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Kiritimati",
];

function seconds(iso: string): number {
  return Date.parse(iso) / 1_000;
}

describe("date and time fields", () => {
  test.each([
    ["UTC", "2026-03-09T14:30", "2026-03-09T14:30:00Z"],
    ["Europe/Berlin", "2026-03-09T14:30", "2026-03-09T13:30:00Z"],
    // the day before, the night itself, the day after the clocks are put forward
    ["Europe/Berlin", "2026-03-28T12:00", "2026-03-28T11:00:00Z"],
    ["Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59:00Z"],
    ["Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00:00Z"],
    ["Europe/Berlin", "2026-03-30T12:00", "2026-03-30T10:00:00Z"],
    // put back: of the hour that comes twice, the first
    ["Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z"],
    ["Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00:00Z"],
    ["America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z"],
    ["America/New_York", "2026-03-08T03:00", "2026-03-08T07:00:00Z"],
    // half an hour
    ["Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z"],
    ["Asia/Kolkata", "2026-03-09T00:15", "2026-03-08T18:45:00Z"],
  ])("in %s, %s is %s", (zone, local, iso) => {
    expect(fromLocalInput(local, zone)).toBe(seconds(iso));
    expect(toLocalInput(seconds(iso), zone)).toBe(local);
  });

  test("an hour that the clocks skip is moved on by what they skip", () => {
    const moment = fromLocalInput("2026-03-29T02:30", "Europe/Berlin");
    expect(moment).toBe(seconds("2026-03-29T01:30:00Z"));
    expect(toLocalInput(moment ?? 0, "Europe/Berlin")).toBe("2026-03-29T03:30");
  });

  test("what is not complete is no moment", () => {
    expect(fromLocalInput("", "UTC")).toBeUndefined();
    expect(fromLocalInput("2026-03-09", "UTC")).toBeUndefined();
  });

  test("a zone that nobody knows is read as UTC", () => {
    expect(toLocalInput(seconds("2026-03-09T14:30:00Z"), "Mars/Crater")).toBe("2026-03-09T14:30");
  });

  test("what is shown of a moment is picked as that moment, or as the first of two with the same time", () => {
    const minutes = fc.integer({ min: 16_700_000, max: 60_000_000 });
    fc.assert(
      fc.property(minutes, fc.constantFrom(...zones), (minute, zone) => {
        const moment = minute * 60;
        const shown = toLocalInput(moment, zone);
        const picked = fromLocalInput(shown, zone) ?? NaN;
        expect(toLocalInput(picked, zone)).toBe(shown);
        expect([0, 1_800, 3_600]).toContain(moment - picked);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("Slack's date tokens", () => {
  const now = new Date("2026-03-09T15:00:00Z");
  const at = seconds("2026-03-09T09:05:07Z");
  const said = (timestamp: number, format: string, zone = "UTC") =>
    formatSlackDate(timestamp, format, { zone, now });

  test.each([
    ["{date_num}", "2026-03-09"],
    ["{date_slash}", "03/09/2026"],
    ["{date}", "March 9th"],
    ["{date_short}", "Mar 9"],
    ["{date_long}", "Monday, March 9th"],
    ["{date_long_full}", "March 9, 2026"],
    ["{date_pretty}", "Today"],
    ["{date_short_pretty} at {time}", "Today at 09:05"],
    ["on {date_long_pretty}", "on today"],
    ["{day_divider_pretty}", "Today"],
    ["{time}", "09:05"],
    ["{time_secs}", "09:05:07"],
    ["{ago}", "5 hours ago"],
    ["{no_such} {toString}", "{no_such} {toString}"],
  ])("%s", (format, shown) => {
    expect(said(at, format)).toBe(shown);
  });

  test.each([
    [-86_400, "Yesterday"],
    [86_400, "Tomorrow"],
    [-2 * 86_400, "Mar 7"],
    [-30 * 86_400, "Feb 7"],
    [-250 * 86_400, "Jul 2, 2025"],
    [250 * 86_400, "Nov 14, 2026"],
  ])("%i seconds from now, in short", (offset, shown) => {
    expect(said(at + offset, "{date_short_pretty}")).toBe(shown);
  });

  test("days have their ending", () => {
    const days = ["01", "02", "03", "04", "11", "12", "13", "21", "22", "23", "31"];
    expect(days.map((day) => said(seconds(`2026-01-${day}T12:00:00Z`), "{date}"))).toEqual(
      ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "31st"].map(
        (day) => `January ${day}`,
      ),
    );
  });

  test("today is the reader's", () => {
    const late = seconds("2026-03-09T23:30:00Z");
    expect(said(late, "{date_pretty} {time}")).toBe("Today 23:30");
    expect(said(late, "{date_pretty} {time}", "Europe/Berlin")).toBe("Tomorrow 00:30");
    expect(said(late, "{date_long}", "Europe/Berlin")).toBe("Tuesday, March 10th");
  });

  test("a moment that is none has no words", () => {
    expect(said(Number.NaN, "{date}")).toBeUndefined();
    expect(said(1e15, "{date}")).toBeUndefined();
  });
});
