// Goal: a new incident that looks like an earlier one is linked to it, by what they have in common (R13).
// Method: pairs of texts as the database reads them (their words and how alike they are), and what is found.

import { expect, test } from "vitest";
import type { IncidentId } from "#src/domain/incident.ts";
import { findMatches, type TextPair } from "#src/domain/recurrence.ts";

const earlier = 4 as IncidentId;
const words = "index job skip document cite old rule".split(" ");

const pair = (facts: Partial<TextPair> = {}): TextPair => ({
  otherId: earlier,
  ourKind: "symptom",
  theirKind: "symptom",
  ourLayers: [],
  theirLayers: [],
  ourWords: words,
  theirWords: words,
  trigrams: 1,
  contained: 1,
  ...facts,
});
const reasons = (...pairs: TextPair[]) => findMatches(pairs).map((match) => match.reasons);

test("R13: the same mechanism is found", () => {
  expect(reasons(pair({ ourKind: "mechanism", theirKind: "mechanism" }))).toEqual([["mechanism"]]);
});

test("R13: the same layer and symptom are found, and the same symptom where nobody knows the layer yet", () => {
  const same = { ourLayers: ["retrieval_data"], theirLayers: ["retrieval_data"] } as const;
  expect(reasons(pair(same))).toEqual([["layer_and_symptom"]]);
  expect(reasons(pair({ theirLayers: ["retrieval_data"] }))).toEqual([["layer_and_symptom"]]);
});

test("R13: the same symptom of another layer is another failure", () => {
  expect(reasons(pair({ ourLayers: ["model"], theirLayers: ["retrieval_data"] }))).toEqual([]);
});

test("R13: the input of a golden that stands in ours is found", () => {
  expect(reasons(pair({ theirKind: "golden", trigrams: 0.3 }))).toEqual([["golden"]]);
  expect(reasons(pair({ theirKind: "golden", theirWords: ["hello"] }))).toEqual([]);
  expect(reasons(pair({ theirKind: "golden", contained: 0.5 }))).toEqual([]);
});

test("R13: texts that have little in common are not linked", () => {
  const other = "checkout latency spike after certificate expiry".split(" ");
  expect(reasons(pair({ theirWords: other, trigrams: 0.1, contained: 0.1 }))).toEqual([]);
});

test("R13: an incident is found once, with all its reasons, the strongest first", () => {
  const found = findMatches([
    pair(),
    pair({ ourKind: "mechanism", theirKind: "mechanism" }),
    pair({ theirKind: "golden" }),
    pair({ otherId: 5 as IncidentId }),
  ]);
  expect(found.map(({ otherId, reasons: why }) => [otherId, why])).toEqual([
    [earlier, ["golden", "mechanism", "layer_and_symptom"]],
    [5, ["layer_and_symptom"]],
  ]);
});
