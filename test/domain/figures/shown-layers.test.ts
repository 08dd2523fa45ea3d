// Goal: counts that show a layer speak for it where nobody ticked one, and only there (B3.1, B13.8).
// Method: the deciders of an item and of added arms, with arms and groups as people type them.

import { describe, expect, test } from "vitest";
import { decideAddArms } from "#src/domain/add-arms.ts";
import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import type { Figures } from "#src/domain/figures/figures.ts";
import { parseArms } from "#src/domain/figures/parse-arms.ts";
import { parseCohorts } from "#src/domain/figures/parse-cohorts.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { incidentId, openIncident, user } from "#test/domain/fixtures.ts";
import { applyChanges } from "#test/support/apply-decision.ts";

const by = { userId: user("declarer"), now: new Date("2026-01-01T00:00:00Z") };
const nothing = "baseline: 9 of 20\nall last known good: 1 of 20";
const alone = `${nothing}\nprompt sp-300 (override, Prompt & policy): 1 of 20`;

function arms(text: string): Figures {
  const parsed = parseArms(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return { arms: parsed.value };
}

function groups(text: string, splitBy: NonNullable<Figures["splitBy"]>): Figures {
  const parsed = parseCohorts(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return { cohorts: parsed.value, splitBy };
}

function record(
  kind: EvidenceKind,
  figures: Figures,
  ticks: Partial<Record<"supports" | "contradicts" | "clears", LayerId[]>> = {},
) {
  const said = {
    strandNumbers: null,
    what: "seen",
    slice: {},
    link: null,
    source: null,
    author: by.userId,
  };
  const blank = { supports: [], contradicts: [], clears: [] };
  const input = { incidentId, kind, ...said, ...blank, ...ticks, figures };
  const decided = decideAddEvidence(openIncident(), input, by);
  if (!decided.ok) throw new Error(JSON.stringify(decided.error));
  const { changes, outcome } = decided.value;
  return {
    supports: changes.evidence?.[0]?.supports,
    sentence: outcome.sentence,
    isShown: outcome.isShown,
    state: applyChanges(openIncident(), changes),
  };
}

describe("B3.1: a replay where no layer is ticked", () => {
  test("speaks for the layer that recovers alone, and the receipt says so", () => {
    const { supports, sentence, isShown } = record("E4", arms(alone));
    expect(supports).toEqual(["prompt_policy"]);
    expect(sentence).toBe(
      "Recorded evidence 1. Counted as speaking for Prompt & policy: it recovers alone. The override is set back to its last known good value.",
    );
    expect(isShown).toBe(true);
  });

  test("speaks for each that recovers alone", () => {
    const text = `${alone}\neffort high (override, Orchestration & tools): 1 of 20`;
    const { supports, sentence } = record("E4", arms(text));
    expect(supports).toEqual(["prompt_policy", "orchestration_tools"]);
    expect(sentence).toContain(
      "Counted as speaking for Prompt & policy and Orchestration & tools: each recovers alone. Both overrides",
    );
  });

  test("speaks for the pair that recovers together", () => {
    const text = [
      "baseline: 18 of 20",
      "a (override, Model): 18 of 20",
      "b (override, Prompt & policy): 18 of 20",
      "both (override, Model + Prompt & policy): 1 of 20",
      "all last known good: 1 of 20",
    ].join("\n");
    const { supports, sentence } = record("E4", arms(text));
    expect(supports).toEqual(["model", "prompt_policy"]);
    expect(sentence).toContain(": they recover together.");
  });

  test.each([
    ["shows no layer", arms(nothing), {}, []],
    ["ticked another", arms(alone), { supports: ["model"] }, ["model"]],
    ["speaks against what it shows", arms(alone), { contradicts: ["prompt_policy"] }, []],
    ["rules out what it shows", arms(alone), { clears: ["prompt_policy"] }, []],
  ] as [string, Figures, object, LayerId[]][])(
    "or one that %s stays as it is",
    (_, figures, ticks, supports) => {
      const recorded = record("E4", figures, ticks);
      expect(recorded.supports).toEqual(supports);
      expect(recorded.sentence).not.toContain("Counted as speaking");
    },
  );

  test("that shows a layer once arms are added speaks for it then, if it spoke for none", () => {
    const more = parseArms("sp-300 (override, Prompt & policy): 1 of 20", arms(nothing).arms);
    if (!more.ok) throw new Error(more.error);
    const add = (ticks: object) => {
      const { state } = record("E4", arms(nothing), ticks);
      const decided = decideAddArms(state, { incidentId, evidenceNumber: 1, arms: more.value }, by);
      if (!decided.ok) throw new Error(JSON.stringify(decided.error));
      const { changes, outcome } = decided.value;
      return [changes.changedEvidence?.[0]?.supports, outcome.sentence];
    };
    expect(add({})).toEqual([
      ["prompt_policy"],
      "Added 1 arm to evidence 1. Counted as speaking for Prompt & policy: it recovers alone. The override is set back to its last known good value.",
    ]);
    expect(add({ supports: ["model"] })[0]).toEqual(["model"]);
  });
});

describe("B13.8: groups where no layer is ticked", () => {
  test.each([
    [
      "differ by something of one layer",
      "a: 48 of 500\nb: 0 of 500",
      "hardware",
      ["infrastructure"],
    ],
    ["differ by something else", "a: 48 of 500\nb: 0 of 500", "other", []],
    ["fail alike", "a: 2 of 500\nb: 2 of 500", "hardware", []],
  ] as [string, string, "hardware" | "other", LayerId[]][])(
    "that %s",
    (_, text, splitBy, supports) => {
      const recorded = record("E5", groups(text, splitBy));
      expect(recorded.supports).toEqual(supports);
      expect(recorded.sentence.includes(": the groups differ by hardware.")).toBe(
        supports.length > 0,
      );
    },
  );
});

test.each<[EvidenceKind, boolean]>([
  ["E4", true],
  ["E5", true],
  ["E6", false],
  ["E2", false],
])("B3: %s without counts waits for them: %s", (kind, waits) => {
  const { sentence } = record(kind, {});
  expect(sentence.includes("No counts yet: it decides nothing until they are recorded.")).toBe(
    waits,
  );
});
