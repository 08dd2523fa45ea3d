import type { Decision } from "./decision.ts";
import type { IncidentState } from "./incident.ts";

/** What a form leads to that says only what is recorded already: nothing, and a sentence that says so. */
export function nothingNew({ incident }: IncidentState): Decision {
  return {
    changes: {},
    timeline: [],
    effects: [],
    outcome: {
      sentence: "Nothing was recorded: this stands already, word for word.",
      incidentId: incident.id,
      isShown: true,
    },
  };
}
