import type { IncidentState } from "#src/domain/incident.ts";
import { isAttributed, isUndeterminable, openLayers } from "#src/domain/layer-state.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { Rule } from "#src/domain/rule.ts";

/**
 * B5: every strand has a layer that broke first, or is parked with a reason and a day, or is as far as it
 * gets: every layer was asked, and one of them cannot be determined.
 */
export const strandsDiagnosed: Rule<IncidentState, unknown> = (state) => {
  const [first, ...rest] = state.strands.filter(
    ({ number, parkedWhy }) =>
      parkedWhy === null && !isAttributed(state, number) && !isUndetermined(state, number),
  );
  if (!first) return undefined;
  const subject = state.strands.length > 1 ? `strand ${first.number}` : "this incident";
  return {
    rule: "B5",
    missing: [first, ...rest].map((strand) => `S${strand.number}`),
    sentence: `Nobody has named what broke first in ${subject}: name it in the checklist, have every layer answered, where “cannot tell” counts, or park it with a reason and a day.`,
  };
};

function isUndetermined(state: IncidentState, strandNumber: number): boolean {
  return (
    openLayers(state, strandNumber).length === 0 &&
    layerIds.some((layer) => isUndeterminable(state, strandNumber, layer))
  );
}
