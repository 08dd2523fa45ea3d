// Goal: a refusal names every rule that refuses, the first one as its sentence, and everything it asks for in words.
// Method: the list of rules; claims that break several at once; every id that a rule can ask for.

import { expect, test } from "vitest";
import { clearedWithEvidence } from "#src/domain/attribution/cleared-with-evidence.ts";
import { confidenceEarned } from "#src/domain/attribution/confidence-earned.ts";
import { contributionBlameless } from "#src/domain/attribution/contribution-blameless.ts";
import { contributionSaid } from "#src/domain/attribution/contribution-said.ts";
import { moreThanChanges } from "#src/domain/attribution/more-than-changes.ts";
import { noOpenSplit } from "#src/domain/attribution/no-open-split.ts";
import { notByMitigation } from "#src/domain/attribution/not-by-mitigation.ts";
import { opposingRowsAnswered } from "#src/domain/attribution/opposing-rows-answered.ts";
import { othersExamined } from "#src/domain/attribution/others-examined.ts";
import { sourceComplete } from "#src/domain/attribution/source-complete.ts";
import { undeterminableCaps } from "#src/domain/attribution/undeterminable-caps.ts";
import { checkClaim, verdictRules } from "#src/domain/attribution.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { missingInWords } from "#src/domain/words.ts";
import { answer, item, lever, openIncident, user } from "#test/domain/fixtures.ts";
import { claim, claimable } from "#test/domain/proof.ts";

test("R10, R1, R4, R2, R9, R3, R8, R5, R6, R7, R12: the rules refuse in the order of the protocol (B3)", () => {
  expect(verdictRules).toEqual([
    noOpenSplit,
    othersExamined,
    sourceComplete,
    clearedWithEvidence,
    opposingRowsAnswered,
    moreThanChanges,
    notByMitigation,
    confidenceEarned,
    undeterminableCaps,
    contributionSaid,
    contributionBlameless,
  ]);
});

const split = item(9, { kind: "E10", isVerified: true, data: { isOtherFailure: true } });
const change = item(1, { kind: "E2", supports: ["model"] });
const blaming = "An engineer forgot it.";
const unsure = [answer("infrastructure", { change: "cannot_tell" })];

test("R10 to R12: a claim that breaks many rules is told each of them, in order, with what each asks for", () => {
  const state = openIncident({ evidence: [change, split], answers: unsure });
  const refusal = checkClaim(state, claim("model", { confidence: "confirmed", reason: blaming }));
  expect(refusal?.rules).toEqual(["R10", "R1", "R9", "R3", "R5", "R6", "R12"]);
  expect(refusal?.missing).toEqual(["split_answer"]);
  expect(refusal?.sentence).toMatch(/may be more than one failure/);
  expect(refusal?.others?.map(({ rule }) => rule)).toEqual(refusal?.rules.slice(1));
  const asked = Object.fromEntries((refusal?.others ?? []).map((one) => [one.rule, one.missing]));
  expect(asked).toEqual({
    R1: ["retrieval_data", "prompt_policy", "orchestration_tools", "integration_ui"],
    R9: layers.model.opposing.map(({ id }) => id),
    R3: ["decisive_item"],
    R5: [
      "two_way_demonstration",
      "positive_evidence",
      "same_mistake",
      "retrieval_data",
      "prompt_policy",
      "orchestration_tools",
      "infrastructure",
    ],
    R6: ["infrastructure"],
    R12: ["rewrite"],
  });
});

test("R8 stands before R5, and R4 before R2", () => {
  const levers = [lever(1, { layer: "model" })];
  const state = claimable("model", {}, { evidence: [], levers });
  expect(checkClaim(state, claim("model"))?.rules).toEqual(["R8", "R5"]);
  const cleared = claim("infrastructure", { verdict: "cleared", confidence: null });
  expect(checkClaim(openIncident({ answers: unsure }), cleared)?.rules).toEqual(["R4", "R2"]);
});

test("B3: the first rule's sentence is the refusal's, the others are folded", () => {
  const refusal = checkClaim(openIncident(), claim("model"));
  expect(refusal?.sentence).toMatch(/^Model cannot be named yet, because nobody has answered/);
  expect(refusal?.more).toEqual([
    "After that: Prompt & policy; Orchestration & tools; Integration & UI; Infrastructure.",
    expect.stringMatching(/First answer “Did the index or corpus change/),
    expect.stringMatching(/nothing decisive supports it/),
  ]);
});

test("R1 to R12: everything that a rule can ask for has words that people understand", () => {
  const asked = new Set<string>();
  const add = (state: IncidentState, facts: Parameters<typeof claim>[1] = {}) => {
    for (const layer of layerIds) {
      const refusal = checkClaim(state, claim(layer, facts));
      const ids = [refusal?.missing ?? [], ...(refusal?.others ?? []).map((one) => one.missing)];
      for (const id of ids.flat()) asked.add(id);
    }
  };
  const kinds = ["suspected", "probable", "confirmed"] as const;
  const empty = openIncident({ evidence: [split], answers: unsure });
  for (const confidence of kinds) add(empty, { confidence, reason: blaming });
  for (const layer of layerIds) {
    add(claimable(layer), { confidence: "confirmed" });
    add(claimable(layer, { rest: "two_kinds" }), {});
    const [first, ...rest] = claimable(layer).evidence;
    add(claimable(layer, {}, { evidence: first ? [{ ...first, kind: "E7" }, ...rest] : [] }));
  }
  add(
    openIncident({ answers: layerIds.map((layer) => answer(layer, { isSourceComplete: false })) }),
    {
      verdict: "cleared",
    },
  );
  add(openIncident(), { verdict: "contributing", approver: user("U-approver") });
  expect([...asked].toSorted()).toEqual(
    [
      "split_answer",
      "decisive_item",
      "two_way_demonstration",
      "reverse_arm",
      "approver",
      "reason",
      "positive_evidence",
      "same_mistake",
      "change_source_complete",
      "contribution",
      "rewrite",
      ...layerIds,
      ...layerIds.flatMap((id) => layers[id].opposing.map((row) => row.id)),
    ].toSorted(),
  );
  const wordless = [...asked].filter((id) => missingInWords(empty, id) === id);
  expect(wordless).toEqual([]);
});

test("R9, B3.2: the words of a row are its question, those of a layer its label", () => {
  expect(missingInWords(openIncident(), "RD3")).toBe("“Does a cache serve old answers?”");
  expect(missingInWords(openIncident(), "model" satisfies LayerId)).toBe("Model");
});
