// Goal: as long as something is open there is one next question, it is the cheapest that removes most, and
// once it is answered it is not asked again.
// Method: given a record, when the next question is asked for, then its kind and what it opens; properties
// over any part of a record, with each question answered in turn.

import fc from "fast-check";
import { expect, test } from "vitest";
import { checkClaim } from "#src/domain/attribution.ts";
import { nextStep } from "#src/domain/checklist.ts";
import { decideClearLayer } from "#src/domain/clear-layer.ts";
import type { Arm } from "#src/domain/figures/figures.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { isAttributed } from "#src/domain/layer-state.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { claimToBe } from "#src/domain/meter.ts";
import { nextBestQuestion } from "#src/domain/next-question.ts";
import { openPossibilities } from "#src/domain/next-question/possibilities.ts";
import { efforts, type NextQuestion } from "#src/domain/next-question/question.ts";
import type { Severity } from "#src/domain/severity.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { completeFor, recovering, withoutSome } from "./complete-record.ts";
import {
  after,
  allRows,
  answer,
  answersExcept,
  by,
  incidentId,
  item,
  openIncident,
  rowAnswer,
  verdict,
} from "./fixtures.ts";

const withSeverity = (state: IncidentState, severity: Severity): IncidentState => ({
  ...state,
  incident: { ...state.incident, severity },
});
const otherFailure = item(9, {
  kind: "E10",
  what: "it refused me",
  isVerified: true,
  data: { isOtherFailure: true },
});

test("R10: an unanswered split comes first, and no more once it is answered", () => {
  const state = openIncident({ evidence: [otherFailure] });
  expect(nextBestQuestion(state, 1)).toMatchObject({
    kind: "split",
    opens: { formId: "answer-split" },
  });
  expect(nextBestQuestion(answered(state, nextBestQuestion(state, 1)!), 1)?.kind).toBe("answer");
});

test("a layer that one press rules out is before answers, an answer before a row, a row before a replay", () => {
  const clearable = openIncident({
    answers: [answer("infrastructure")],
    evidence: [item(1, { clears: ["infrastructure"] })],
  });
  expect(nextBestQuestion(clearable, 1)).toMatchObject({
    id: "rule_out:infrastructure",
    opens: { formId: "clear-layer", layers: ["infrastructure"] },
  });
  const pressed = answered(clearable, nextBestQuestion(clearable, 1)!);
  expect(nextBestQuestion(pressed, 1)).toMatchObject({ id: "answer:model", asks: "model" });
  const examined = openIncident({
    answers: answersExcept(),
    evidence: [item(1, { kind: "E3", supports: ["retrieval_data"] })],
  });
  expect(nextBestQuestion(examined, 1)).toMatchObject({
    id: "row:RD1",
    asks: "model",
    opens: { formId: "answer-rows", layers: ["retrieval_data"] },
  });
});

test("what removes more for its effort is before what is merely quick", () => {
  const rowAnswers = allRows("retrieval_data").filter(({ row }) => row !== "RD1" && row !== "RD4");
  const ruledOut = ["model", "prompt_policy"] as const;
  const state = openIncident({
    answers: answersExcept(),
    evidence: [item(1, { kind: "E3", supports: ["retrieval_data"] })],
    rowAnswers,
    verdicts: ruledOut.map((layer) => verdict(layer, { verdict: "cleared" })),
  });
  // the two rows that are left ask about layers that are out already: rates may rule out three more
  expect(nextBestQuestion(state, 1)).toMatchObject({ kind: "cohorts", removes: 3, open: 4 });
});

test("what speaks for a layer keeps its ruling out from being proposed", () => {
  const evidence = [item(1, { clears: ["model"] }), item(2, { kind: "E3", supports: ["model"] })];
  const state = openIncident({ answers: answersExcept(), evidence });
  expect(nextBestQuestion(state, 1)?.id).not.toBe("rule_out:model");
});

test("decisive evidence is asked for by the kind that takes least, from whoever owns the layer", () => {
  const asked = (id: LayerId) => {
    const rows = allRows(id).map((row) => ({ ...row, evidenceNumbers: [1] }));
    const clears = layerIds.filter((one) => one !== id);
    const evidence = [
      item(1, { kind: "E1", clears, supports: [id] }),
      item(2, { kind: "E3", clears }),
      item(3, { kind: "E4", clears, data: { arms: recovering("model").slice(0, 1) } }),
    ];
    const state = openIncident({ answers: answersExcept(), rowAnswers: rows, evidence });
    const verdicts = clears.map((layer) => verdict(layer, { verdict: "cleared" }));
    return nextBestQuestion({ ...state, verdicts }, 1);
  };
  expect(asked("infrastructure")).toMatchObject({
    kind: "cohorts",
    asks: "infrastructure",
    opens: { formId: "add-evidence", word: "E5" },
  });
  expect(asked("prompt_policy")).toMatchObject({ kind: "replay", opens: { word: "E4" } });
});

test("R9: at SEV2 two supporting items are asked for a replay or cohorts, at SEV3 for a verdict; the claim needs the same", () => {
  const whole = completeFor("infrastructure");
  const evidence = whole.evidence.map((one) =>
    one.kind === "E4" ? { ...one, kind: "E9" as const, data: {} } : one,
  );
  const others = layerIds.filter((id) => id !== "infrastructure");
  const verdicts = others.map((layer) => verdict(layer, { verdict: "cleared" }));
  const carried = { ...whole, evidence, verdicts };
  expect(nextBestQuestion(withSeverity(carried, "SEV2"), 1)).toMatchObject({
    kind: "cohorts",
    opens: { word: "E5" },
  });
  expect(nextBestQuestion(withSeverity(carried, "SEV3"), 1)).toMatchObject({
    kind: "verdict",
    opens: { formId: "set-verdict", layers: ["infrastructure"] },
  });
  for (const severity of ["SEV1", "SEV2", "SEV3", "SEV4"] as const) {
    const state = withSeverity(carried, severity);
    expect(checkClaim(state, claimToBe(state, 1, "infrastructure", "suspected"))).toBeUndefined();
  }
});

test("R5: at SEV2 the reverse arm is asked for once it is probable; it keeps nobody from closing", () => {
  const whole = completeFor("infrastructure");
  const named = { ...whole, verdicts: [verdict("infrastructure")] };
  expect(nextBestQuestion(named, 1)).toMatchObject({ kind: "reverse" });
  expect(nextStep(named).question).toBeUndefined();
  expect(nextBestQuestion(withSeverity(named, "SEV3"), 1)).toBeUndefined();
  const confirmed = answered(named, nextBestQuestion(named, 1)!);
  expect(nextBestQuestion(confirmed, 1)).toBeUndefined();
});

test("nothing is asked of a strand that is parked, nor once the response is over", () => {
  const state = openIncident();
  const parked = state.strands.map((one) => ({
    ...one,
    parkedWhy: "no traces are kept",
    parkedUntil: "2026-05-01",
  }));
  expect(nextBestQuestion({ ...state, strands: parked }, 1)).toBeUndefined();
  const closed = { ...state.incident, status: "closed" as const };
  expect(nextBestQuestion({ ...state, incident: closed }, 1)).toBeUndefined();
});

test("with every layer ruled out or undeterminable the way out is said", () => {
  const verdicts = layerIds.map((layer) => verdict(layer, { verdict: "cleared" }));
  const state = openIncident({ answers: answersExcept(), verdicts });
  expect(nextBestQuestion(state, 1)).toMatchObject({
    id: "undetermined",
    opens: { formId: "close-incident" },
  });
});

const part = fc
  .constantFrom(...layerIds)
  .chain((layer) => withoutSome(layer))
  .chain((state) =>
    fc
      .record({
        severity: fc.constantFrom<Severity>("SEV1", "SEV2", "SEV3", "SEV4"),
        hasOther: fc.boolean(),
        cleared: fc.subarray(layerIds),
      })
      .map(({ severity, hasOther, cleared }) =>
        withSeverity(
          {
            ...state,
            evidence: [...state.evidence, ...(hasOther ? [otherFailure] : [])],
            verdicts: cleared.map((layer) => verdict(layer, { verdict: "cleared" })),
          },
          severity,
        ),
      ),
  );

test("while a strand is open there is a next question, the same for the same record, and not the one just answered", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(part, (start) => {
      let state = start;
      let before = "";
      expect(nextStep(start).question).toEqual(nextBestQuestion(structuredClone(start), 1));
      for (let round = 0; round < 60 && !isAttributed(state, 1); round += 1) {
        const question = nextBestQuestion(state, 1);
        if (!question) throw new Error("nothing is asked, and nothing is decided");
        expect(question.id).not.toBe(before);
        before = question.id;
        expect(question.sentence).toMatch(/^Next: .*\.$/s);
        expect(question.removes).toBeLessThanOrEqual(question.open);
        seen.add(question.kind);
        if (question.id === "undetermined") return;
        state = answered(state, question);
      }
      expect(isAttributed(state, 1)).toBe(true);
    }),
    { numRuns: propertyRuns },
  );
  const never = Object.keys(efforts).filter((kind) => !seen.has(kind));
  expect(never).toEqual(["reverse"]);
});

/** The record once somebody has answered the question, in the simplest way there is. */
function answered(state: IncidentState, question: NextQuestion): IncidentState {
  const number = Math.max(0, ...state.evidence.map((one) => one.number)) + 1;
  const layer = question.layer ?? "model";
  const supports = [layer];
  const recorded = (...facts: Parameters<typeof item>[1][]) => ({
    ...state,
    evidence: [...state.evidence, ...facts.map((one, index) => item(number + index, one))],
  });
  switch (question.kind) {
    case "split": {
      const evidenceNumbers = [otherFailure.number];
      const facts = { number: 1, strandNumber: 1, isAccepted: false, newStrands: [], why: "same" };
      const said = { ...facts, evidenceNumbers, author: by.userId, recordedAt: by.now };
      return { ...state, splitAnswers: [said] };
    }
    case "answer":
      return { ...state, answers: [...state.answers, answer(layer)] };
    case "rule_out":
      return after(state, decideClearLayer(state, { incidentId, strandNumber: 1, layer }, by));
    case "row": {
      const row = question.id.replace("row:", "");
      const others = state.rowAnswers.filter((one) => one.row !== row);
      const told = rowAnswer(layer, row, { reading: "cannot_tell", evidenceNumbers: [] });
      return { ...state, rowAnswers: [...others, told] };
    }
    case "clear": {
      const need = layers[layer].needs.clears.find(({ layers: all }) =>
        all.includes(question.asks ?? layer),
      );
      const [kind = "E1"] = need?.kinds ?? [];
      const [first = layer] = need?.layers ?? [];
      const arms = recovering(first).map((arm) => ({ ...arm, fails: 18 }));
      return recorded({ kind, clears: [first], data: kind === "E4" ? { arms } : {} });
    }
    case "cohorts":
      return recorded(
        { kind: "E6", supports, data: { inputCount: 3 } },
        { kind: "E1", supports },
        { kind: "E4", supports, data: { arms: recovering(layer) } },
      );
    case "replay":
      return recorded({ kind: "E4", supports, data: { arms: recovering(layer) } });
    case "reverse": {
      const arms: Arm[] = [
        ...recovering(layer),
        { name: "all set back", role: "all_lkg", layers: [], isLkg: true, n: 20, fails: 0 },
        { name: "put back", role: "reverse", layers: supports, isLkg: false, n: 20, fails: 18 },
      ];
      return recorded({ kind: "E4", supports, data: { arms } });
    }
    case "verdict":
      return { ...state, verdicts: [...state.verdicts, verdict(layer)] };
    case "evidence":
      return recorded({ kind: "E3", supports: openPossibilities(state, 1).slice(0, 1) });
    case "last":
      return state;
  }
}
