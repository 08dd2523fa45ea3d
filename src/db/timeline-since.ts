import type { IncidentId } from "#src/domain/incident.ts";
import type { TimelineEntry, TimelineKind } from "#src/domain/timeline.ts";
import type { Database } from "./open.ts";

/** The entries of these kinds that were recorded after `since` (null: all of them), the oldest first; the newest 200. */
export async function listEntriesSince(
  db: Database,
  incidentId: IncidentId,
  kinds: readonly TimelineKind[],
  since: Date | null,
): Promise<Pick<TimelineEntry, "kind" | "data">[]> {
  let query = db
    .selectFrom("timelineEntry")
    .select(["kind", "data"])
    .where("incidentId", "=", incidentId)
    .where("kind", "in", [...kinds]);
  if (since !== null) query = query.where("recordedAt", ">", since);
  const rows = await query.orderBy("sequence", "desc").limit(200).execute();
  return rows.toReversed() as unknown as Pick<TimelineEntry, "kind" | "data">[];
}
