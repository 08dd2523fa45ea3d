import { basisOf } from "./attribution/basis.ts";
import type { VerdictClaim } from "./attribution/claim.ts";
import { missingForConfidence } from "./attribution/confidence-route.ts";
import { missingClears } from "./attribution/mandatory-clears.ts";
import { isSameMistake, missingPositive } from "./attribution/positive-evidence.ts";
import type { IncidentState } from "./incident.ts";
import { layerState, opposingRows, type OpposingRowState } from "./layer-state.ts";
import { type LayerId, layerIds, layers } from "./layers/index.ts";
import type { ClearNeed, OpposingRow } from "./layers/layer.ts";
import type { UserId } from "./person.ts";
import type { Confidence } from "./vocabulary.ts";

/** How far a layer is from being named as what broke first in a strand: "9 of 14". */
export interface Meter {
  answered: number;
  required: number;
  /** What is not there yet, in the order in which a claim would be refused for it (after R14). */
  missing: MeterPart[];
}

/** One thing that it takes before a layer may be named. */
export type MeterPart =
  /** R1: an answer of another layer. */
  | { kind: "answer"; layer: LayerId }
  /** R9: an opposing row, blank, bare, or pointing elsewhere with nothing decisive against it. */
  | { kind: "row"; row: OpposingRow; asks: LayerId; isPointing: boolean }
  /** R5, B3.3: evidence that supports the layer. `why` says what is missing, as a clause after a colon. */
  | { kind: "evidence"; lack: string; why: string }
  /** B3.3: a mandatory clear. */
  | { kind: "clear"; need: ClearNeed };

/**
 * What is required before a layer of a strand may be named proximate, and what of it is there: the answers of
 * the five others (R1), its opposing rows (R9), the evidence it rests on with the positive evidence of B3.3,
 * and the mandatory clears (B3.3). It is full exactly where a claim of the lowest confidence on the whole
 * strand, with an approver, is refused by nothing but an open split (R10).
 */
export function meterOf(state: IncidentState, strandNumber: number, layer: LayerId): Meter {
  const claim = claimToBe(state, strandNumber, layer, "suspected");
  const basis = basisOf(state, claim);
  const others = layerIds.filter((id) => id !== layer);
  const rows = opposingRows(state, strandNumber, layer);
  const isBacked = basis.decisive.length > 0;
  const lack = missingForConfidence(state, claim, basis) ?? missingPositive(state, claim, basis);
  const isAboutInputs = lack?.missing[0] === "same_mistake";
  const open = missingClears(state, claim)?.missing ?? [];
  const { clears } = layers[layer].needs;
  const asksForInputs = layer === "model";
  const missing: MeterPart[] = [
    ...others
      .filter((id) => layerState(state, strandNumber, id) === "unexamined")
      .map((id): MeterPart => ({ kind: "answer", layer: id })),
    ...rows.flatMap((row) => missingRow(row, layer, isBacked)),
    ...(lack && !isAboutInputs ? [evidencePart(lack.missing, lack.why)] : []),
    ...(asksForInputs && !basis.supporting.some(isSameMistake)
      ? [evidencePart(["same_mistake"], sameMistakeWhy)]
      : []),
    ...clears
      .filter((need) => need.layers.slice(0, 1).some((id) => open.includes(id)))
      .map((need): MeterPart => ({ kind: "clear", need })),
  ];
  const required = others.length + rows.length + 1 + (asksForInputs ? 1 : 0) + clears.length;
  return { answered: required - missing.length, required, missing };
}

/**
 * A claim as somebody could make it now: for the whole strand, on all its items, with somebody who approves
 * it and a reason, whatever the form would ask for beside the record.
 */
export function claimToBe(
  { incident }: IncidentState,
  strandNumber: number,
  layer: LayerId,
  confidence: Confidence,
): VerdictClaim {
  return {
    strandNumber,
    layer,
    verdict: "proximate",
    confidence,
    scope: {},
    contribution: null,
    reason: "nothing decisive can be had",
    locus: "ours",
    evidenceNumbers: [],
    approver: incident.coordinator,
    // nobody yet: whoever claims it is somebody else than who approves it (B13.4), also where the declarer coordinates
    author: "" as UserId,
  };
}

const sameMistakeWhy =
  "it needs the same mistake over three or more unrelated inputs: an evaluation or failure rates that say over how many.";

function evidencePart([lack = "decisive_item"]: string[], why: string): MeterPart {
  return { kind: "evidence", lack, why };
}

function missingRow(
  { row, answer, isFilled }: OpposingRowState,
  claimed: LayerId,
  isBacked: boolean,
): MeterPart[] {
  const isPointing =
    isFilled && answer?.reading === "points_to" && answer.pointsTo !== claimed && !isBacked;
  if (isFilled && !isPointing) return [];
  return [{ kind: "row", row, asks: row.asks === "claimed" ? claimed : row.asks, isPointing }];
}
