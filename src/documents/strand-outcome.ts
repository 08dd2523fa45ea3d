import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { currentVerdicts } from "#src/domain/layer-state.ts";
import { confidences } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
import { lowerFirst } from "./words.ts";

/** B3: how a strand stands. "open": nobody has said, or several layers are named and none alone. */
export type StrandOutcome = "layer" | "undetermined" | "open";

/** The outcome of a strand: one proximate layer, closed without one, or neither (B3, R14). */
export function strandOutcome(state: IncidentState, strandNumber: number): StrandOutcome {
  const layerCount = new Set(proximateVerdicts(state, strandNumber).map((one) => one.layer)).size;
  if (layerCount === 1) return "layer";
  return layerCount === 0 && state.incident.closedAs === "undetermined" ? "undetermined" : "open";
}

/** The verdicts that name what broke first in a strand, in layer order. */
export function proximateVerdicts(state: IncidentState, strandNumber: number): Verdict[] {
  return currentVerdicts(state, strandNumber).filter((one) => one.verdict === "proximate");
}

/** What contributed to a strand, in layer order: layers, and conditions beside a proximate one (R7, B13.7). */
export function contributions(state: IncidentState, strandNumber: number): Verdict[] {
  return currentVerdicts(state, strandNumber).filter((one) => one.verdict === "contributing");
}

/** What broke first in a strand and how sure that is, one sentence of Markdown. */
export function firstBroke(state: IncidentState, strandNumber: number): string {
  const proximate = proximateVerdicts(state, strandNumber);
  const [named] = proximate;
  const outcome = strandOutcome(state, strandNumber);
  if (outcome === "undetermined") return "What broke first could not be determined.";
  if (!named) return "Nobody has said yet what broke first.";
  if (outcome === "open") {
    const several = layersInWords(proximate.map((one) => one.layer));
    return `${several} are each named as having broken first; which of them came first is open.`;
  }
  const sure = named.confidence
    ? ` (confidence: ${lowerFirst(confidences[named.confidence])})`
    : "";
  return `**${layers[named.layer].label}** broke first${sure}.`;
}
