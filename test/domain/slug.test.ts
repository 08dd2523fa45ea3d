// Goal: any title becomes a name that Slack, Git and a file system take.
// Method: a table of titles, then arbitrary text.

import fc from "fast-check";
import { expect, test } from "vitest";
import { channelName, slugOf } from "#src/domain/slug.ts";

test.each([
  [
    "Assistant cites the old travel reimbursement rule",
    "assistant-cites-the-old-travel-reimbursement-rule",
  ],
  ["  Café  –  Überraschung! ", "cafe-uberraschung"],
  ["🔥🔥", "incident"],
  ["تعطل", "incident"],
  ["--a__b..c--", "a-b-c"],
  ["x".repeat(59) + " yz", "x".repeat(59)],
  ["", "incident"],
])("the slug of %j is %s", (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});

test("a slug and a channel name are always safe and within their limits", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc.string({ maxLength: 200 }),
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 2_147_483_647 }), (title, number) => {
      const slug = slugOf(title);
      expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(slug.length).toBeLessThanOrEqual(60);
      const name = channelName(number, slug);
      expect(name).toMatch(/^inc-\d+-[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(name.length).toBeLessThanOrEqual(80);
    }),
  );
});
