import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { currentVerdicts } from "#src/domain/layer-state.ts";
import { type LayerChange, type Outcome, outcomeOf } from "#src/domain/outcome.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import { confidences } from "#src/domain/vocabulary.ts";
import { layersInWords, listInWords } from "#src/domain/words.ts";
import { inline } from "./github-markdown.ts";
import { utcTime } from "./times.ts";
import { lowerFirst } from "./words.ts";

/** The verdicts that name what broke first in a strand, in layer order, each for its scope. */
export function proximateVerdicts(state: IncidentState, strandNumber: number): Verdict[] {
  return currentVerdicts(state, strandNumber).filter((one) => one.verdict === "proximate");
}

/** What contributed to a strand, in layer order: layers, and conditions beside a proximate one (R7, B13.7). */
export function contributions(state: IncidentState, strandNumber: number): Verdict[] {
  return currentVerdicts(state, strandNumber).filter((one) => one.verdict === "contributing");
}

/**
 * What broke first in a strand and how sure that is, for which part: one or two sentences of Markdown.
 * Several layers are never made one (R7).
 */
export function firstBroke(state: IncidentState, strandNumber: number): string {
  const outcome = outcomeOf(state, strandNumber);
  const named = proximateVerdicts(state, strandNumber);
  switch (outcome.kind) {
    case "undetermined":
      return "What broke first could not be determined.";
    case "open":
      return "Nobody has said yet what broke first.";
    case "layer":
      return `**${layersInWords(outcome.layers)}** broke first${sureness(named)}.`;
    case "interaction":
      return `**${layersInWords(outcome.layers)}** broke together: each of them is named, and none of them alone is what broke first${sureness(named)}.`;
    case "conjunction":
      return `**${layersInWords(outcome.layers)}** broke it only together: none of them alone brings the failure about${sureness(named)}.`;
  }
}

/** R7: of several layers, which changed first and which change completed it; empty where nothing is dated. */
export function orderOfChanges({ changedFirst, completedBy }: Outcome): string[] {
  if (!changedFirst) return [];
  return [
    `What changed first: ${changeWords(changedFirst)}.`,
    ...(completedBy ? [`The change that completed it: ${changeWords(completedBy)}.`] : []),
  ];
}

function changeWords({ layer, at, evidenceNumber }: LayerChange): string {
  return `${layers[layer].label}, on ${utcTime(new Date(at))} (evidence ${evidenceNumber})`;
}

/** " (confidence: confirmed for models a, suspected for models b)"; empty where nobody said. */
function sureness(named: readonly Verdict[]): string {
  const isOneLayer = new Set(named.map(({ layer }) => layer)).size === 1;
  const parts = named.flatMap(({ layer, confidence, scope }) => {
    if (!confidence) return [];
    const part = [
      ...(isOneLayer ? [] : [layers[layer].label]),
      ...(sliceInWords(scope) === "" ? [] : [inline(sliceInWords(scope))]),
    ].join(", ");
    return [`${lowerFirst(confidences[confidence])}${part === "" ? "" : ` for ${part}`}`];
  });
  return parts.length === 0 ? "" : ` (confidence: ${listInWords([...new Set(parts)])})`;
}
