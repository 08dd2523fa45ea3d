import type { EvidenceItem } from "#src/domain/evidence.ts";
import { decisiveLayers } from "#src/domain/figures/demonstrations.ts";
import { splits } from "#src/domain/figures/figures.ts";
import { readFigures } from "#src/domain/figures/read-figures.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { opposingRows } from "#src/domain/layer-state.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import { layers } from "#src/domain/layers/index.ts";
import type { PositiveNeed } from "#src/domain/layers/layer.ts";
import { type Basis, hasTwoKinds } from "./basis.ts";
import type { VerdictClaim } from "./claim.ts";
import { type Lack, standsOnTwo } from "./confidence-route.ts";

/**
 * B3.3: the positive evidence of the claimed layer. Asked of a claim that rests on a decisive item; of one
 * on two supporting items only for the model, whose row says what it needs.
 */
export function missingPositive(
  state: IncidentState,
  claim: VerdictClaim,
  basis: Basis,
): Lack | undefined {
  if (claim.layer === "model") return missingForModel(state, claim, basis);
  if (basis.decisive.length === 0 || hasPositive(claim.layer, basis)) return undefined;
  // a decisive item more never takes away what two supporting ones carry, and is none of these two
  const isCarrying = new Set(basis.decisive);
  const others = { ...basis, supporting: basis.supporting.filter((one) => !isCarrying.has(one)) };
  if (standsOnTwo(claim, others)) return undefined;
  return {
    missing: ["positive_evidence"],
    why: `it needs ${layers[claim.layer].needs.positiveWords}.`,
  };
}

/**
 * B3.3, B13.8: the model takes positive evidence and the same mistake over three or more unrelated inputs.
 * Where no other version can be called (a choice in its row), that same mistake with a second supporting
 * kind and an approver carry it, suspected at most, whether or not something decisive is there.
 */
function missingForModel(
  state: IncidentState,
  claim: VerdictClaim,
  basis: Basis,
): Lack | undefined {
  const hasNoOther = opposingRows(state, claim.strandNumber, "model").some(
    ({ answer }) => answer?.reading === "no_other_version",
  );
  if (hasNoOther && claim.confidence === "suspected") {
    const isSecond = hasTwoKinds(basis);
    // R5 asks for the approver itself where two kinds are all there is
    const isAsked = claim.approver !== null || (isSecond && basis.decisive.length === 0);
    const shown = both(isSecond ? undefined : twoKindsLack, sameMistakeLack(basis));
    return both(shown, isAsked ? undefined : approverLack);
  }
  const positive = both(
    hasPositive("model", basis) ? undefined : positiveLack,
    sameMistakeLack(basis),
  );
  return hasNoOther ? both(noOtherVersionLack, positive) : positive;
}

const noOtherVersionLack: Lack = {
  missing: ["M10"],
  why: "no other version of the model can be called, so it can be suspected and no more.",
};

const approverLack: Lack = {
  missing: ["approver"],
  why: "no other version of the model can be called. Name somebody else who approves it.",
};

const twoKindsLack: Lack = {
  missing: ["positive_evidence"],
  why: "it needs two supporting items of different kinds.",
};

const positiveLack: Lack = {
  missing: ["positive_evidence"],
  why: `it needs ${layers.model.needs.positiveWords}. That nothing else is known to be wrong is no evidence.`,
};

function sameMistakeLack({ supporting }: Basis): Lack | undefined {
  if (supporting.some(isSameMistake)) return undefined;
  return {
    missing: ["same_mistake"],
    why: "it needs the same mistake over three or more unrelated inputs: an evaluation or failure rates that say over how many.",
  };
}

/** All that is missing, and why of the first: who gets the one is not sent away again for the other. */
function both(one: Lack | undefined, other: Lack | undefined): Lack | undefined {
  if (!one || !other) return one ?? other;
  return { missing: [...one.missing, ...other.missing], why: one.why };
}

/** B13.8: an evaluation or failure rates that show the same mistake over three or more unrelated inputs. */
export function isSameMistake({ kind, data }: EvidenceItem): boolean {
  return (kind === "E5" || kind === "E6") && (data.inputCount ?? 0) >= 3;
}

function hasPositive(layer: LayerId, { supporting, all }: Basis): boolean {
  return layers[layer].needs.positive.some((together) =>
    together.every((need) =>
      need.shows === "on_record"
        ? all.some((item) => item.kind === need.kind && !speaksAgainst(item, layer))
        : supporting.some((item) => item.kind === need.kind && shows(item, need, layer)),
    ),
  );
}

function shows(item: EvidenceItem, need: PositiveNeed, layer: LayerId): boolean {
  if (need.shows === undefined) return true;
  if (need.shows === "permission") return item.data.isPermission === true;
  if (!decisiveLayers(item).includes(layer)) return false;
  if (need.shows === "split") return isSplitByOwn(item, layer);
  // where only all together recover, no arm of the layer made a difference: B3.3 asks for one that does
  return item.kind !== "E4" || readFigures("E4", item.data)?.layers.includes(layer) === true;
}

function speaksAgainst({ contradicts, clears }: EvidenceItem, layer: LayerId): boolean {
  return contradicts.includes(layer) || clears.includes(layer);
}

/** Its groups are those of a version or place of the layer; rates that follow a change in and out are, too. */
function isSplitByOwn({ kind, data }: EvidenceItem, layer: LayerId): boolean {
  if (data.splitBy !== undefined && splits[data.splitBy].layer === layer) return true;
  return readFigures(kind, data)?.id === "in_and_out";
}
