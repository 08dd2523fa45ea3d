// Goal: what a layer contributed is said, and a strand is never forced into one layer (R7).
// Method: contributing claims with and without a sentence; outcomes of replays that read as several layers.

import { expect, test } from "vitest";
import { checkClaim } from "#src/domain/attribution.ts";
import type { Arm } from "#src/domain/figures/figures.ts";
import { readReplay } from "#src/domain/figures/replay.ts";
import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import { verdictOf } from "#src/domain/layer-state.ts";
import { outcomeOf } from "#src/domain/outcome.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { after, by, item, openIncident, verdict, verdictInput } from "#test/domain/fixtures.ts";
import { arm, claim, claimable } from "#test/domain/proof.ts";

test.each([null, "", "  "])(
  "R7: a contributing layer takes a sentence, and %j is none",
  (contribution) => {
    const contributing = claim("model", {
      verdict: "contributing",
      confidence: null,
      contribution,
    });
    const refusal = checkClaim(openIncident(), contributing);
    expect(refusal).toMatchObject({ rules: ["R7"], missing: ["contribution"] });
    expect(refusal?.sentence).toMatch(/Say in one sentence what Model contributed/);
  },
);

test("R7: with its sentence it stands, beside unexamined layers and blank rows", () => {
  const contributing = { verdict: "contributing", confidence: null } as const;
  const said = claim("model", { ...contributing, contribution: "it answered without a date" });
  expect(checkClaim(openIncident(), said)).toBeUndefined();
});

test("R7, B13.7: a contributing claim on the proximate layer adds a condition and leaves the verdict", () => {
  const state = claimable("infrastructure", { confidence: "confirmed" });
  const first = verdictInput({ layer: "infrastructure", confidence: "confirmed" });
  const named = after(state, decideSetVerdict(state, first, by));
  const beside = verdictInput({
    layer: "infrastructure",
    verdict: "contributing",
    confidence: null,
    contribution: "a shift of load exposed the route",
  });
  const both = after(named, decideSetVerdict(named, beside, by));
  expect(both.verdicts.map((one) => one.verdict)).toEqual(["proximate", "contributing"]);
  expect(verdictOf(both, 1, "infrastructure")).toMatchObject({
    verdict: "proximate",
    confidence: "confirmed",
  });
  expect(outcomeOf(both, 1)).toMatchObject({ kind: "layer", layers: ["infrastructure"] });
});

const said = (layer: Verdict["layer"], kind: Verdict["verdict"]) =>
  verdict(layer, {
    verdict: kind,
    confidence: kind === "proximate" ? "probable" : null,
    contribution: kind === "contributing" ? "it ignored the date" : null,
  });
const withReplay = (arms: Arm[], ...verdicts: Verdict[]): IncidentState =>
  openIncident({
    evidence: [item(1, { kind: "E4", supports: ["prompt_policy"], data: { arms } })],
    verdicts,
  });
const all = [arm("baseline", [], 10), arm("all_lkg", [], 0)];
const eachAlone = [
  ...all,
  arm("override", ["prompt_policy"], 0),
  arm("override", ["orchestration_tools"], 0),
];
const noneAlone = [
  ...all,
  arm("override", ["prompt_policy"], 10),
  arm("override", ["orchestration_tools"], 10),
];
const aPair = [...noneAlone, arm("override", ["prompt_policy", "orchestration_tools"], 0)];
const two = ["prompt_policy", "orchestration_tools"];

test.each<[string, string, Arm[]]>([
  ["two single overrides that each recover", "interaction", eachAlone],
  ["a pair that recovers where none does alone", "conjunction", aPair],
  ["all together, where none does alone", "conjunction", noneAlone],
])("R7: %s: %s, however the layers are named", (_name, kind, arms) => {
  expect(readReplay(arms).id).toBe(kind);
  for (const second of ["proximate", "contributing"] as const) {
    const state = withReplay(
      arms,
      said("prompt_policy", "proximate"),
      said("orchestration_tools", second),
    );
    expect(outcomeOf(state, 1)).toMatchObject({ kind, layers: two });
  }
});

test.each<[string, string, Arm[]]>([
  ["each recover", "interaction", eachAlone],
  ["recover as a pair", "conjunction", aPair],
  ["recover all together", "conjunction", noneAlone],
])("R7: where layers %s, naming one does not force the strand into it", (_name, kind, arms) => {
  const state = withReplay(arms, said("prompt_policy", "proximate"));
  expect(outcomeOf(state, 1)).toMatchObject({ kind, layers: two });
});

test("R7: where replays disagree, layers that recover each alone stand, in whatever order", () => {
  const state = withReplay(eachAlone, said("prompt_policy", "proximate"));
  const evidence = [...state.evidence, item(2, { kind: "E4", data: { arms: aPair } })];
  for (const order of [evidence, evidence.toReversed()]) {
    expect(outcomeOf({ ...state, evidence: order }, 1).kind).toBe("interaction");
  }
});

test("R7: what people ruled out is no part of it", () => {
  const state = withReplay(
    eachAlone,
    said("prompt_policy", "proximate"),
    said("orchestration_tools", "cleared"),
  );
  expect(outcomeOf(state, 1)).toMatchObject({ kind: "layer", layers: ["prompt_policy"] });
});

test("R7: two layers named without any such replay are an interaction", () => {
  const state = openIncident({
    verdicts: [said("infrastructure", "proximate"), said("model", "proximate")],
  });
  expect(outcomeOf(state, 1)).toMatchObject({
    kind: "interaction",
    layers: ["model", "infrastructure"],
  });
});

test("R7: for several layers it says what changed first and what completed it, and a person decides on first", () => {
  const changed = (number: number, layer: Verdict["layer"], changedAt: string) =>
    item(number, { kind: "E2", supports: [layer], data: { changedAt } });
  const state = withReplay(
    eachAlone,
    said("prompt_policy", "proximate"),
    said("orchestration_tools", "contributing"),
  );
  const evidence = [
    ...state.evidence,
    changed(2, "orchestration_tools", "2026-03-04T00:00:00Z"),
    changed(3, "prompt_policy", "2026-03-01T00:00:00Z"),
  ];
  expect(outcomeOf({ ...state, evidence }, 1)).toMatchObject({
    changedFirst: { layer: "prompt_policy", evidenceNumber: 3 },
    completedBy: { layer: "orchestration_tools", evidenceNumber: 2 },
  });
  expect(outcomeOf(state, 1)).toMatchObject({ changedFirst: null, completedBy: null });
});

test("R7, R14: nothing named is open, and undetermined once the incident was closed so", () => {
  const state = withReplay(eachAlone);
  expect(outcomeOf(state, 1)).toMatchObject({ kind: "open", layers: [] });
  const incident = { ...state.incident, closedAs: "undetermined" as const };
  expect(outcomeOf({ ...state, incident }, 1)).toMatchObject({ kind: "undetermined", layers: [] });
});

test("R7: a replay of another strand makes no interaction here", () => {
  const state = withReplay(eachAlone, said("prompt_policy", "proximate"));
  const evidence = state.evidence.map((one) => ({ ...one, strandNumbers: [2] }));
  expect(outcomeOf({ ...state, evidence }, 1).kind).toBe("layer");
});

test("R7, R5: each layer of an interaction or a conjunction may be named on the replay", () => {
  const on = (arms: Arm[], kinds: EvidenceKind[] = []) => {
    const state = claimable("orchestration_tools");
    const [first, ...rest] = state.evidence;
    const more = kinds.map((kind) => item(1, { kind, supports: ["orchestration_tools"] }));
    const evidence = first ? [{ ...first, data: { arms } }, ...rest, ...more] : [];
    const numbered = evidence.map((one, at) => ({ ...one, number: at + 1 }));
    return checkClaim({ ...state, evidence: numbered }, claim("orchestration_tools"));
  };
  expect(on(eachAlone)).toBeUndefined();
  expect(on(aPair)).toBeUndefined();
  // B3.3: where only all together recover, no arm of the layer does: the rest comes from elsewhere
  expect(on(noneAlone)).toMatchObject({ rules: ["R5"], missing: ["positive_evidence"] });
  expect(on(noneAlone, ["E3", "E7"])).toBeUndefined();
});
