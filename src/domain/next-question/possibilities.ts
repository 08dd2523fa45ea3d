import { decisiveLayers } from "#src/domain/figures/demonstrations.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import {
  currentAnswer,
  isUndeterminable,
  opposingRows,
  supportingItems,
  verdictOf,
} from "#src/domain/layer-state.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";

/** Layers of a strand that may still be what broke first, in layer order. */
export function openPossibilities(state: IncidentState, strandNumber: number): LayerId[] {
  return layerIds.filter(
    (layer) =>
      !isRuledOut(state, strandNumber, layer) && !isUndeterminable(state, strandNumber, layer),
  );
}

/** The layer that people are closest to claiming: something decisive, then most rows, most support, a change. */
export function likelyClaim(state: IncidentState, strandNumber: number): LayerId | undefined {
  const candidates = layerIds
    .filter((layer) => !isRuledOut(state, strandNumber, layer))
    .map((layer) => {
      const change = currentAnswer(state, strandNumber, layer)?.change;
      const supporting = supportingItems(state, strandNumber, layer);
      return {
        layer,
        weights: [
          Number(supporting.some((item) => decisiveLayers(item).includes(layer))),
          opposingRows(state, strandNumber, layer).filter((row) => row.isFilled).length,
          supporting.length,
          change === "changed" || change === "degraded" ? 1 : 0,
        ],
      };
    });
  const [best] = candidates
    .filter(({ weights }) => weights.some((weight) => weight > 0))
    .toSorted((a, b) => compareWeights(b.weights, a.weights));
  return best?.layer;
}

/** What somebody has ruled out, or answered as not applicable, is not what they are about to claim. */
function isRuledOut(state: IncidentState, strandNumber: number, layer: LayerId): boolean {
  const verdict = verdictOf(state, strandNumber, layer)?.verdict;
  if (verdict === "cleared" || verdict === "not_applicable") return true;
  return currentAnswer(state, strandNumber, layer)?.change === "not_applicable";
}

function compareWeights(a: number[], b: number[]): number {
  const index = a.findIndex((weight, at) => weight !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
