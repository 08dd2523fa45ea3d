import { findLaterEntries } from "#src/db/later-entries.ts";
import type { Trx } from "#src/db/open.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { LaterEntry } from "#src/domain/meanwhile.ts";

/** Reads, for a decider, what was recorded after a form was drawn; asks the database only where something was. */
export function laterThan(
  seenSequence: number | undefined,
): (trx: Trx, state: IncidentState) => Promise<LaterEntry[]> {
  return async (trx, { incident, lastSequence }) =>
    seenSequence === undefined || seenSequence >= lastSequence
      ? []
      : findLaterEntries(trx, incident.id, seenSequence);
}
