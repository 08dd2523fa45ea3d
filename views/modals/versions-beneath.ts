import type { Incident } from "#src/domain/incident.ts";
import type { Hint } from "#views/hint.ts";

/** What a form over the versions carries, so that they can be drawn anew beneath it: what was typed, and which page. */
export function versionsBeneath({ id }: Incident, from: Hint | undefined): Hint {
  return {
    incidentId: id,
    ...(from?.word === undefined ? {} : { word: from.word }),
    ...(from?.page === undefined ? {} : { page: from.page }),
  };
}
