import type { IncidentId } from "#src/domain/incident.ts";
import type { LaterEntry } from "#src/domain/meanwhile.ts";
import type { TimelineKind } from "#src/domain/timeline.ts";
import type { Trx } from "./open.ts";

const kinds: TimelineKind[] = [
  "answer_recorded",
  "row_answered",
  "verdict_set",
  "verdict_taken_back",
];

/** Answers and verdicts that were recorded after this entry of the timeline, in their order; at most 500. */
export async function findLaterEntries(
  trx: Trx,
  incidentId: IncidentId,
  seenSequence: number,
): Promise<LaterEntry[]> {
  const rows = await trx
    .selectFrom("timelineEntry")
    .select(["kind", "actor", "data"])
    .where("incidentId", "=", incidentId)
    .where("sequence", ">", seenSequence)
    .where("kind", "in", kinds)
    .orderBy("sequence", "desc")
    .limit(500)
    .execute();
  return rows.toReversed() as LaterEntry[];
}
