// Goal: whatever is recorded, and in whatever order, the rules say the same, and always leave a way out.
// Method: claims that are carried but for a few things (any-claim.ts), against what the domain says must hold.

import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { basisOf } from "#src/domain/attribution/basis.ts";
import type { VerdictClaim } from "#src/domain/attribution/claim.ts";
import { checkClaim, verdictRules } from "#src/domain/attribution.ts";
import { isCounted, isWeak } from "#src/domain/evidence-weight.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { isUndeterminable, layerState, openLayers, opposingRows } from "#src/domain/layer-state.ts";
import { outcomeOf } from "#src/domain/outcome.ts";
import { splitSuggestion } from "#src/domain/split.ts";
import { verdict } from "#test/domain/fixtures.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { anyClaim, anyItem, type Claimed } from "./any-claim.ts";
import { supply } from "./supply.ts";

const runs = { numRuns: propertyRuns };
const levels = ["confirmed", "probable", "suspected"] as const;

/** How often a property came to what it is about; without that it would prove nothing. */
const reached = new Map<string, number>();
const count = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1);

test("R1, R2, R6, R9: whatever is accepted, nothing is unexamined, blank, or confirmed beside what cannot be determined", () => {
  fc.assert(
    fc.property(anyClaim, ({ state, made }) => {
      if (checkClaim(state, made)) return;
      count(`accepted: ${made.confidence ?? made.verdict}`);
      if (made.verdict === "cleared") {
        expect(layerState(state, 1, made.layer)).toBe("answered");
        const { named } = basisOf(state, made);
        expect(named.some(({ kind, clears }) => !isWeak(kind) && clears.includes(made.layer))).toBe(
          true,
        );
      }
      if (made.verdict !== "proximate") return;
      expect(openLayers(state, 1).filter((id) => id !== made.layer)).toEqual([]);
      expect(opposingRows(state, 1, made.layer).every((row) => row.isFilled)).toBe(true);
      const { supporting, decisive } = basisOf(state, made);
      expect(supporting.length).toBeGreaterThan(0);
      if (decisive.length === 0) expect(made.approver).not.toBeNull();
      if (made.confidence === "confirmed") {
        expect(decisive).not.toEqual([]);
        expect(openLayers(state, 1).every((id) => !isUndeterminable(state, 1, id))).toBe(true);
      }
    }),
    runs,
  );
});

test("R1 to R12: every refusal names something that, once supplied, removes that refusal", () => {
  fc.assert(
    fc.property(anyClaim, (claimed) => {
      for (const rule of verdictRules) {
        const lack = rule(claimed.state, claimed.made);
        if (!lack) continue;
        expect(lack.missing).not.toEqual([]);
        expect(lack.sentence.trim()).not.toBe("");
        const supplied = lack.missing.reduce((one, id) => {
          count(`supplied: ${lack.rule} ${/^[A-Z]+\d+$/.test(id) ? "row" : id}`);
          count(`supplied: ${lack.rule}`);
          return supply(one, lack.rule, id);
        }, claimed);
        expect(rule(supplied.state, supplied.made)).toBeUndefined();
      }
    }),
    runs,
  );
});

/** The most that may be said of the layer: 3 confirmed, 2 probable, 1 suspected, 0 nothing. */
function most(state: IncidentState, made: VerdictClaim): number {
  const asked: VerdictClaim = { ...made, verdict: "proximate", evidenceNumbers: [] };
  const at = levels.findIndex((confidence) => !checkClaim(state, { ...asked, confidence }));
  return at === -1 ? 0 : levels.length - at;
}

test("R5, R10: an item that supports a layer never lowers what may be said of it, unless with it the strand may be more than one failure", () => {
  fc.assert(
    fc.property(anyClaim, anyItem, ({ state, made }, extra) => {
      const supports = [...new Set([...extra.supports, made.layer])];
      const speaksFor = {
        ...extra,
        number: state.evidence.length + 1,
        supports,
        clears: [],
        contradicts: [],
      };
      const more = { ...state, evidence: [...state.evidence, speaksFor] };
      const [before, now] = [most(state, made), most(more, made)];
      if (before > 0) count("more: was admissible");
      if (now > before) count("more: raised");
      if (now >= before) return;
      count("more: may be several");
      expect(splitSuggestion(more, 1)?.items.map(({ number }) => number)).toEqual(
        expect.arrayContaining([speaksFor.number]),
      );
    }),
    runs,
  );
});

const order = fc.array(fc.nat(1_000), { minLength: 12, maxLength: 12 });

/** The same record, entered in another order: the numbers of items follow it. */
function reordered({ state, made }: Claimed, places: readonly number[]): Claimed {
  const shuffled = <Row>(rows: readonly Row[]): Row[] =>
    rows
      .map((row, at) => ({ row, at: places[at % places.length] ?? 0 }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ row }) => row);
  const evidence = shuffled(state.evidence);
  const to = new Map(evidence.map(({ number }, at) => [number, at + 1]));
  const renumber = (numbers: readonly number[]) => numbers.map((one) => to.get(one) ?? one);
  const cites = <Row extends { evidenceNumbers: number[] }>(row: Row): Row => ({
    ...row,
    evidenceNumbers: renumber(row.evidenceNumbers),
  });
  return {
    state: {
      ...state,
      evidence: evidence.map((one) => ({ ...one, number: to.get(one.number) ?? 0 })),
      answers: shuffled(state.answers).map(cites),
      rowAnswers: shuffled(state.rowAnswers).map(cites),
      verdicts: shuffled(state.verdicts).map(cites),
    },
    made: cites(made),
  };
}

test("R1 to R12: the order in which things were recorded changes no refusal and no outcome", () => {
  fc.assert(
    fc.property(anyClaim, order, (claimed, places) => {
      const other = reordered(claimed, places);
      const [one, two] = [claimed, other].map(({ state, made }) => {
        const refusal = checkClaim(state, made);
        const named = { ...state, verdicts: [...state.verdicts, verdict(made.layer)] };
        const { kind, layers, changedFirst, completedBy } = outcomeOf(named, 1);
        const when = [changedFirst?.layer, completedBy?.layer];
        const asked = refusal?.others?.map(({ rule, missing }) => [rule, missing]);
        return { rules: refusal?.rules, missing: refusal?.missing, asked, kind, layers, when };
      });
      count(one?.kind === "layer" ? "order: one layer" : "order: several layers");
      expect(two).toEqual(one);
    }),
    runs,
  );
});

test("R11: a report that nobody has verified changes no refusal", () => {
  fc.assert(
    fc.property(anyClaim, ({ state, made }) => {
      const ignored = state.evidence.filter((one) => !isCounted(one)).map(({ number }) => number);
      if (ignored.length > 0) count("unverified: some");
      const without = {
        ...state,
        evidence: state.evidence.filter((one) => !ignored.includes(one.number)),
        rowAnswers: state.rowAnswers.map((row) => ({
          ...row,
          evidenceNumbers: row.evidenceNumbers.filter((number) => !ignored.includes(number)),
        })),
      };
      // a claim that names nothing but reports would name nothing
      const named = { ...made, evidenceNumbers: [] };
      expect(checkClaim(state, named)).toEqual(checkClaim(without, named));
    }),
    runs,
  );
});

afterAll(() => {
  const often = ["accepted: suspected", "accepted: probable", "accepted: confirmed"];
  for (const what of often) expect([what, at(what) > propertyRuns / 50]).toEqual([what, true]);
  const some = [
    "accepted: cleared",
    "more: was admissible",
    "unverified: some",
    "order: one layer",
    "order: several layers",
    ...["R1", "R2", "R3", "R4", "R6"].map((rule) => `supplied: ${rule}`),
    "supplied: R5 decisive_item",
    "supplied: R5 approver",
    "supplied: R5 positive_evidence",
    "supplied: R5 two_way_demonstration",
    "supplied: R5 reverse_arm",
    "supplied: R7 contribution",
    "supplied: R8 decisive_item",
    "supplied: R9 row",
    "supplied: R10 split_answer",
    "supplied: R12 rewrite",
  ];
  for (const what of some) expect([what, at(what) > 0]).toEqual([what, true]);
});

function at(what: string): number {
  return reached.get(what) ?? 0;
}
