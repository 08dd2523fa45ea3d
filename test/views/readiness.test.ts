// Goal: who asks what a service lacks reads the answer first, then the one thing to do, within Slack's limits.
// Method: golden files of the states that change the message; names and values as long and hostile as they come.
import { expect, test } from "vitest";
import { readiness, type ReadinessFacts } from "#src/domain/ledger/readiness.ts";
import { renderReadiness } from "#views/messages/readiness.ts";
import { messageFaults } from "#test/support/block-kit-limits.ts";
import { expectGolden } from "#test/support/golden.ts";
import {
  before,
  live,
  mark,
  nothing,
  now,
  pin,
  run,
  stalePin,
  whole,
  without,
} from "#test/support/readiness-facts.ts";

test.each<[string, ReadinessFacts]>([
  ["nothing", nothing],
  ["whole", whole],
  [
    "some",
    {
      ...without("policy", "index", "region"),
      pins: [
        ...without("policy", "index", "region", "prompt").pins,
        pin("prompt", { isDerived: true, value: "sha256:0123456789abcdef" }),
        stalePin(),
        pin("app.<cache>.key", { layer: "infrastructure", values: 200, overflow: 1_200 }),
      ],
      declared: [{ layer: "retrieval_data", count: 3, newestAt: before(50) }],
      marks: [{ ...mark, to: before(7 * 24) }],
      goldenRun: { ...run, failed: 2, ranAt: before(3) },
      baseline: { ...run, ranAt: before(9 * 24) },
    },
  ],
  ["stopped", { ...whole, telemetry: { ...live, requests: 40, lastSeenAt: before(60) } }],
])("the message reads well where it is %s", (name, facts) => {
  const message = renderReadiness(readiness(facts, now), now);
  expect(messageFaults(message)).toEqual([]);
  expect(message.blocks.length).toBeLessThanOrEqual(50);
  expectGolden(`readiness-${name}`, message);
});

test("4.17: a run that failed is no baseline, however fresh the one before it is", () => {
  const failed = { ...run, failed: 2, ranAt: before(3) };
  const facts = { ...whole, goldenRun: failed, baseline: { ...run, ranAt: before(30) } };
  const text = JSON.stringify(renderReadiness(readiness(facts, now), now));
  expect(text).not.toContain("fresh");
  expect(text).toContain(
    "The newest golden run, 3 hours ago, is no baseline: 2 of 40 tests failed or had no answer. An earlier one in which everything passed is at most 7 days old.",
  );
});

test("what lies ahead of the clock is told as such, and is not fresh", () => {
  const ahead = { ...run, ranAt: before(-48) };
  const text = JSON.stringify(
    renderReadiness(readiness({ ...whole, goldenRun: ahead, baseline: ahead }, now), now),
  );
  expect(text).not.toContain("fresh");
  expect(text).toContain("The newest golden run was 2 days ahead of the clock here: 40 tests, all");
});

test("the message fits however many pins, values and names there are", () => {
  const long = "<!channel> & ".repeat(400);
  const pins = Array.from({ length: 300 }, (_, index) =>
    pin(`app.${long}${index}.version`, {
      layer: "prompt_policy",
      value: long,
      overflow: 5,
      isDerived: true,
    }),
  );
  const marks = [{ ...mark, source: long, layer: "prompt_policy" as const }];
  const facts = { ...whole, service: long, pins, marks };
  expect(messageFaults(renderReadiness(readiness(facts, now), now))).toEqual([]);
});
