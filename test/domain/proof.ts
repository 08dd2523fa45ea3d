import type { VerdictClaim } from "#src/domain/attribution/claim.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { Arm, Figures } from "#src/domain/figures/figures.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import type { Confidence, EvidenceKind } from "#src/domain/vocabulary.ts";
import { allRows, answersExcept, declarer, item, openIncident } from "./fixtures.ts";

/** What the evidence has to carry. "two_kinds": two supporting items and no decisive one; it takes an approver. */
export interface ProofOptions {
  confidence?: Confidence;
  rest?: "decisive" | "two_kinds";
}

/** A claim that a layer broke first, probable, of the whole strand, resting on all its items. */
export const claim = (layer: LayerId, facts: Partial<VerdictClaim> = {}): VerdictClaim => ({
  strandNumber: 1,
  layer,
  verdict: "proximate",
  confidence: "probable",
  scope: {},
  contribution: null,
  reason: null,
  locus: "ours",
  evidenceNumbers: [],
  approver: null,
  author: declarer,
  ...facts,
});

/** An incident in which this layer can be claimed as `options` say: examined, its rows filled, proven. */
export function claimable(
  layer: LayerId,
  options: ProofOptions = {},
  facts: Partial<IncidentState> = {},
): IncidentState {
  return openIncident({
    answers: answersExcept(),
    rowAnswers: allRows(layer),
    evidence: proof(layer, options),
    ...facts,
  });
}

/** The items that carry a claim of this layer, and those that clear what must be cleared (R5, B3.3). */
export function proof(layer: LayerId, options: ProofOptions = {}): EvidenceItem[] {
  return [...support(layer, options), ...clears(layer)].map((one, at) => ({
    ...one,
    number: at + 1,
  }));
}

/** The items that support the layer, the decisive one first. */
export function support(layer: LayerId, options: ProofOptions = {}): EvidenceItem[] {
  const { confidence = "probable", rest = "decisive" } = options;
  const one = (kind: EvidenceKind, data: Figures = {}) =>
    item(1, { kind, data, supports: [layer] });
  if (rest === "two_kinds") return [one("E8"), one("E6", { inputCount: 3 })];
  return [
    one("E4", { arms: replay(layer, confidence === "confirmed") }),
    // B3.3: the model takes the same mistake over three inputs, the prompt the difference of its content
    ...(layer === "model" ? [one("E6", { inputCount: 3 })] : []),
    ...(layer === "prompt_policy" ? [one("E1")] : []),
  ];
}

/** One item for each mandatory clear of the layer, of the first kind that will do. */
export function clears(layer: LayerId): EvidenceItem[] {
  return layers[layer].needs.clears.map(({ layers: [other = layer], kinds: [kind = "E1"] }) =>
    item(1, {
      kind,
      clears: [other],
      ...(kind === "E4" ? { data: { arms: noDifference(other) } } : {}),
    }),
  );
}

/** A replay in which the layer alone recovers; `withReverse`: and fails again when it is put back (R5a). */
export function replay(layer: LayerId, withReverse = false): Arm[] {
  return [
    arm("baseline", [], 10),
    arm("override", [layer], 0),
    arm("all_lkg", [], 0),
    ...(withReverse ? [arm("reverse", [layer], 10)] : []),
  ];
}

/** A replay in which setting the layer back changes nothing, and setting all back does. */
export function noDifference(layer: LayerId): Arm[] {
  return [arm("baseline", [], 10), arm("override", [layer], 10), arm("all_lkg", [], 0)];
}

/** An arm of ten runs, of which so many failed, at last known good. */
export const arm = (role: Arm["role"], of: LayerId[], fails: number): Arm => ({
  name: `${role} ${of.join(" and ")}`.trim(),
  role,
  layers: of,
  isLkg: true,
  n: 10,
  fails,
});
