import type { IncidentState } from "./incident.ts";
import { type LayerId, layerIds } from "./layers/index.ts";

/** The layers that broke first as verdicts stand, in their order: in one strand, or, where none is named, in any. */
export function brokeFirst(
  { verdicts }: Pick<IncidentState, "verdicts">,
  strandNumber?: number,
): LayerId[] {
  return layerIds.filter((layer) =>
    verdicts.some(
      (one) =>
        one.layer === layer &&
        one.verdict === "proximate" &&
        (strandNumber === undefined || one.strandNumber === strandNumber),
    ),
  );
}
