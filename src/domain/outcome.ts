import type { EvidenceItem } from "./evidence.ts";
import { overrideArms } from "./figures/arm-readings.ts";
import { readFigures } from "./figures/read-figures.ts";
import type { IncidentState, Verdict } from "./incident.ts";
import { currentVerdicts, itemsOfStrand } from "./layer-state.ts";
import { type LayerId, layerIds } from "./layers/index.ts";
import { oncePerState } from "./once-per-state.ts";

/** B3: how a strand stands. "open": nobody has said yet. */
export type OutcomeKind = "layer" | "interaction" | "conjunction" | "undetermined" | "open";

/** When a layer changed, as an item of evidence says. */
export interface LayerChange {
  layer: LayerId;
  /** ISO 8601, UTC. */
  at: string;
  evidenceNumber: number;
}

/** The outcome of a strand, never forced into one layer (R7). */
export interface Outcome {
  kind: OutcomeKind;
  /** In layer order; one for "layer", none for "undetermined" and "open". */
  layers: LayerId[];
  /** R7, for several layers: what changed first, and the change that completed it; null where no item says when. */
  changedFirst: LayerChange | null;
  completedBy: LayerChange | null;
}

/**
 * The outcome of a strand from what people decided and what replays read: one proximate layer; several that
 * recover each alone (interaction) or only together (conjunction), whether or not each of them is named;
 * undetermined where the incident was closed so (R7, R14).
 */
export const outcomeOf = oncePerState((state, strandNumber: number): Outcome =>
  findOutcome(state, strandNumber),
);

function findOutcome(state: IncidentState, strandNumber: number): Outcome {
  const named = namedLayers(state, strandNumber, ["proximate"]);
  const none = { layers: [], changedFirst: null, completedBy: null };
  if (named.length === 0) {
    const isOver = state.incident.closedAs === "undetermined";
    return { kind: isOver ? "undetermined" : "open", ...none };
  }
  const joint = jointReplay(state, strandNumber, named);
  const several = inOrder([...named, ...(joint?.layers ?? [])]);
  if (several.length < 2) return { ...none, kind: "layer", layers: named };
  const changes = several.flatMap((layer) => changeOf(state, strandNumber, layer) ?? []);
  const byTime = changes.toSorted((a, b) => a.at.localeCompare(b.at));
  return {
    kind: joint?.kind ?? "interaction",
    layers: several,
    changedFirst: byTime[0] ?? null,
    completedBy: byTime.length > 1 ? (byTime.at(-1) ?? null) : null,
  };
}

interface Joint {
  kind: "interaction" | "conjunction";
  layers: LayerId[];
}

/**
 * What replays read of a named layer together with others: naming one of them does not make it the only
 * one (R7), ruling the others out does. Where replays disagree, layers that recover each alone stand.
 */
function jointReplay(
  state: IncidentState,
  strandNumber: number,
  named: readonly LayerId[],
): Joint | undefined {
  const joints = itemsOfStrand(state, strandNumber)
    .flatMap((item) => jointOf(state, strandNumber, item) ?? [])
    .filter(({ layers }) => layers.length > 1 && layers.some((layer) => named.includes(layer)));
  const kind = joints.some((one) => one.kind === "interaction") ? "interaction" : "conjunction";
  const layers = joints.filter((one) => one.kind === kind).flatMap((one) => one.layers);
  return joints.length === 0 ? undefined : { kind, layers };
}

/** While no pair is found that recovers, it is the layers that people named, else all that were tried. */
function jointOf(
  state: IncidentState,
  strandNumber: number,
  { kind, data }: EvidenceItem,
): Joint | undefined {
  const tried = overrideArms(data.arms ?? []).flatMap((arm) => arm.layers);
  if (new Set(tried).size < 2) return undefined;
  const reading = readFigures(kind, data);
  if (reading?.id !== "interaction" && reading?.id !== "conjunction") return undefined;
  const held = namedLayers(state, strandNumber, ["proximate", "contributing"]).filter((layer) =>
    tried.includes(layer),
  );
  const shown = reading.layers.length > 0 ? reading.layers : held.length > 1 ? held : tried;
  const ruledOut = namedLayers(state, strandNumber, ["cleared", "not_applicable"]);
  const layers = inOrder(shown.filter((layer) => !ruledOut.includes(layer)));
  return { kind: reading.id, layers };
}

function namedLayers(
  state: IncidentState,
  strandNumber: number,
  verdicts: readonly Verdict["verdict"][],
): LayerId[] {
  return inOrder(
    currentVerdicts(state, strandNumber)
      .filter((one) => verdicts.includes(one.verdict))
      .map((one) => one.layer),
  );
}

function inOrder(some: readonly LayerId[]): LayerId[] {
  return layerIds.filter((layer) => some.includes(layer));
}

/** The last change of a layer that an item of the strand supports and dates: it is what its failure waited for. */
function changeOf(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId,
): LayerChange | undefined {
  return itemsOfStrand(state, strandNumber)
    .flatMap(({ supports, data, number }) =>
      supports.includes(layer) && data.changedAt
        ? [{ layer, at: data.changedAt, evidenceNumber: number }]
        : [],
    )
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .at(-1);
}
