import type { IncidentState } from "./incident.ts";
import { layers } from "./layers/index.ts";
import type { Rejection } from "./rejection.ts";

/** Ids that came back from a form: hints until they are found in the state. */
interface References {
  strandNumbers?: readonly number[] | null;
  evidenceNumbers?: readonly number[];
  layers?: readonly string[];
}

/**
 * The first id that the incident does not have, as a rejection (`not_found`); undefined where all of
 * them stand. Evidence has to belong to one of the strands, where strands are named.
 */
export function unknownReference(
  state: IncidentState,
  references: References,
): Rejection | undefined {
  const strandNumbers = references.strandNumbers ?? null;
  for (const number of strandNumbers ?? []) {
    if (!state.strands.some((strand) => strand.number === number)) {
      return notFound(`There is no strand ${number} in this incident. Open the form again.`);
    }
  }
  for (const layer of references.layers ?? []) {
    if (!Object.hasOwn(layers, layer)) {
      return notFound("There is no such layer. Open the form again and choose one from the list.");
    }
  }
  for (const number of references.evidenceNumbers ?? []) {
    const item = state.evidence.find((candidate) => candidate.number === number);
    if (!item) {
      return notFound(
        `There is no evidence ${number} in this incident. Record it first, then open this form again.`,
      );
    }
    if (strandNumbers && !item.strandNumbers.some((strand) => strandNumbers.includes(strand))) {
      return notFound(
        `Evidence ${number} belongs to another strand. Choose an item of this strand.`,
      );
    }
  }
  return undefined;
}

function notFound(message: string): Rejection {
  return { code: "not_found", message };
}
