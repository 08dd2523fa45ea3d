// Goal: whoever reads what was recorded sees what the counts say before the counts, and for which layer.
// Method: golden files of the message of every kind; the widest counts there can be against Slack's limits.

import { describe, expect, test } from "vitest";
import type { Figures } from "#src/domain/figures/figures.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { renderEvidence } from "#views/messages/evidence.ts";
import { messageFaults } from "#test/support/block-kit-limits.ts";
import { evidenceItem, incidentState, strand } from "#test/support/factories.ts";
import { expectGolden } from "#test/support/golden.ts";

const measured: Partial<Record<EvidenceKind, [what: string, data: Figures]>> = {
  E4: [
    "override replay of one failing task",
    {
      arms: [
        { name: "baseline", role: "baseline", layers: [], isLkg: false, n: 20, fails: 9 },
        {
          name: "effort high",
          role: "override",
          layers: ["orchestration_tools"],
          isLkg: true,
          n: 20,
          fails: 2,
        },
        {
          name: "prompt",
          role: "override",
          layers: ["prompt_policy"],
          isLkg: true,
          n: 20,
          fails: 9,
        },
        {
          name: "build",
          role: "override",
          layers: ["integration_ui"],
          isLkg: true,
          n: 20,
          fails: 8,
        },
        { name: "everything", role: "all_lkg", layers: [], isLkg: true, n: 20, fails: 1 },
      ],
    },
  ],
  E5: [
    "unexpected characters by hardware",
    {
      cohorts: [
        { group: "tpu", n: 20_000, fails: 48 },
        { group: "other hardware", n: 20_000, fails: 0 },
      ],
      splitBy: "hardware",
      measure: "unexpected script",
      inputCount: 1200,
      areOtherPinsEqual: true,
    },
  ],
  E6: [
    "broad suite without one line of the prompt",
    {
      ablation: [
        { group: "opus", hasChange: true, n: 4000, fails: 1200 },
        { group: "opus", hasChange: false, n: 4000, fails: 1080 },
      ],
      isSameBuild: true,
    },
  ],
  E7: [
    "minimized reproducer",
    {
      stacks: [
        { stack: "TPU", isControl: false, n: 10, fails: 10 },
        { stack: "CPU", isControl: true, n: 10, fails: 0 },
      ],
    },
  ],
  E2: ["change log", { changedAt: "2025-08-05T12:00:00.000Z" }],
  E10: ["a report of refusals", { isOtherFailure: true }],
};

test.each(Object.entries(measured))(
  "the message of %s says what its counts say",
  (kind, [what, data]) => {
    const item = evidenceItem({ kind: kind as EvidenceKind, what, data });
    const state = incidentState({ evidence: [item], strands: [strand(), strand({ number: 2 })] });
    const message = renderEvidence(state, 1);
    expect(messageFaults(message)).toEqual([]);
    expectGolden(`views/message-evidence-${kind}`, message);
  },
);

describe("which layer it speaks for", () => {
  const words = (data: Figures, more: object, kind: EvidenceKind = "E4") => {
    const item = evidenceItem({ kind, data, supports: [], contradicts: [], clears: [], ...more });
    return JSON.stringify(renderEvidence(incidentState({ evidence: [item] }), 1).blocks);
  };
  const arms = measured.E4?.[1] ?? {};

  test("nobody has said it, and no arm shows it", () => {
    const json = words({}, {});
    expect(json).toContain("Nobody has said which layer it speaks for.");
    expect(json).toContain("No counts yet: it decides nothing until they are recorded.");
    expect(words({}, {}, "E6")).not.toContain("No counts yet");
    expect(words(arms, {})).not.toContain("No counts yet");
  });

  test.each([
    [{ supports: ["orchestration_tools"] }, "Speaks for Orchestration & tools as the cause."],
    [{}, "Its counts show Orchestration & tools; nobody has said that it speaks for it."],
    [{ supports: ["model"] }, "Its counts show Orchestration & tools; who recorded it says Model."],
    [
      { clears: ["orchestration_tools"] },
      "Its counts show Orchestration & tools; who recorded it speaks against it.",
    ],
  ])("the arms show one layer, and whoever recorded them ticked %j", (ticks, sentence) => {
    const json = words(arms, ticks);
    expect(json).toContain(sentence);
    expect(json).not.toContain("Nobody has said");
    expect(json.includes("Its counts show")).toBe(sentence.startsWith("Its counts show"));
  });
});

test("a table has ten lines, the rest is counted, and the widest one fits", () => {
  const cohorts = Array.from({ length: 50 }, (_, index) => ({
    group: `${"﷽".repeat(90)} ${index}`,
    n: 10_000_000,
    fails: 9_999_999 - index,
  }));
  const item = evidenceItem({
    kind: "E5",
    what: "x".repeat(3000),
    data: { cohorts, measure: "x".repeat(1000) },
  });
  const message = renderEvidence(incidentState({ evidence: [item] }), 1);
  expect(messageFaults(message)).toEqual([]);
  expect(JSON.stringify(message)).toContain("\\n• and 40 more");
});

test.each([
  [20, 2, "2 of 20 failed (10 %, 3 to 30 %)"],
  [20, 0, "0 of 20 failed (0 %, 0 to 16 %)"],
  [1000, 160, "160 of 1,000 failed (16 %, 14 to 18 %)"],
  [10_000, 80, "80 of 10,000 failed (0.8 %, 0.64 to 0.99 %)"],
  [10_000, 18, "18 of 10,000 failed (0.18 %, 0.11 to 0.28 %)"],
])("of %i runs with %i failures as many digits are shown as they carry", (n, fails, words) => {
  const item = evidenceItem({
    kind: "E7",
    data: { stacks: [{ stack: "a", isControl: false, n, fails }] },
  });
  const json = JSON.stringify(renderEvidence(incidentState({ evidence: [item] }), 1));
  expect(json).toContain(`a: ${words}`);
});
