import type { EvidenceItem } from "#src/domain/evidence.ts";
import { isCounted } from "#src/domain/evidence-weight.ts";
import { decisiveLayers, supportsAtAll } from "#src/domain/figures/demonstrations.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { itemsOfStrand } from "#src/domain/layer-state.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import { oncePerState } from "#src/domain/once-per-state.ts";
import { covers } from "#src/domain/slice.ts";
import type { Slice } from "#src/domain/strand.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import type { VerdictClaim } from "./claim.ts";

/** What a claim rests on, item by item. */
export interface Basis {
  /** Every item of the strand that counts (R11) and whose slice covers the claim (R5, B13.1). */
  all: readonly EvidenceItem[];
  /** Those of them that the claim names; all of them where it names none. */
  named: readonly EvidenceItem[];
  /** Of the named: what supports the layer, other than by a mitigation or a weak kind. */
  supporting: readonly EvidenceItem[];
  /** Of these: what may carry a proximate claim (B3). */
  decisive: readonly EvidenceItem[];
}

/** The items that count for a claim. */
export function basisOf(state: IncidentState, claim: VerdictClaim): Basis {
  const { strandNumber, layer, scope, evidenceNumbers } = claim;
  return basisOn(state, strandNumber, layer, JSON.stringify(scope), evidenceNumbers.join());
}

/** Every rule asks for it. The scope comes as JSON, the numbers that are named between commas. */
const basisOn = oncePerState(
  (state, strandNumber: number, layer: LayerId, scope: string, numbers: string): Basis => {
    const all = itemsCovering(state, strandNumber, scope);
    const chosen = new Set(numbers.split(",").map(Number));
    const named = numbers === "" ? all : all.filter((item) => chosen.has(item.number));
    const supporting = named.filter((item) => supportsAtAll(item, layer));
    const decisive = supporting.filter((item) => decisiveLayers(item).includes(layer));
    return { all, named, supporting, decisive };
  },
);

/** Every item of the strand that counts and covers the scope, given as JSON: `Basis.all`. */
export const itemsCovering = oncePerState(
  (state, strandNumber: number, scope: string): readonly EvidenceItem[] => {
    const outside = new Set(itemsOutside(state, strandNumber, scope));
    return itemsOfStrand(state, strandNumber).filter(
      (item) => isCounted(item) && !outside.has(item),
    );
  },
);

/** The items of the strand that count and do not cover the scope, given as JSON (R11, B13.1). */
export const itemsOutside = oncePerState(
  (state, strandNumber: number, scope: string): readonly EvidenceItem[] => {
    const slice = state.strands.find((one) => one.number === strandNumber)?.slice ?? {};
    const claimed = JSON.parse(scope) as Slice;
    return itemsOfStrand(state, strandNumber).filter(
      (item) => isCounted(item) && !covers(item.slice, claimed, slice),
    );
  },
);

/**
 * R5: two supporting items of different kinds; a version difference and a change log alone do not count
 * as two (R3).
 */
export function hasTwoKinds({ supporting }: Basis): boolean {
  const kinds = new Set<EvidenceKind>(supporting.map((item) => item.kind));
  return kinds.size >= 2 && ![...kinds].every(isChangeKind);
}

/** R3: kinds that show that something changed, and no more. */
export function isChangeKind(kind: EvidenceKind): boolean {
  return kind === "E1" || kind === "E2";
}
