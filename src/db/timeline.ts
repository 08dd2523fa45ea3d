import { createHash } from "node:crypto";
import type { IncidentId } from "#src/domain/incident.ts";
import type { NewTimelineEntry, TimelineEntry } from "#src/domain/timeline.ts";
import type { Database, Trx } from "./open.ts";

/** Where an incident's chain ends: what the next entry is linked to. */
export interface TimelineHead {
  sequence: number;
  hash: string;
}

/** The head of an empty timeline. */
export const emptyHead: TimelineHead = { sequence: 0, hash: "" };

/** The entries linked onto the chain: numbered without gaps, each hash over the entry and the hash before it. */
export function chainEntries(
  incidentId: IncidentId,
  head: TimelineHead,
  entries: NewTimelineEntry[],
  recordedAt: Date,
): TimelineEntry[] {
  let last = head;
  return entries.map((entry) => {
    const sequence = last.sequence + 1;
    const hash = hashEntry(incidentId, { ...entry, sequence, recordedAt }, last.hash);
    last = { sequence, hash };
    return { ...entry, sequence, recordedAt, hash };
  });
}

/** All entries of an incident, in the order in which they were recorded. */
export async function listTimeline(
  db: Database | Trx,
  incidentId: IncidentId,
): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom("timelineEntry")
    .selectAll()
    .where("incidentId", "=", incidentId)
    .orderBy("sequence")
    .execute();
  return rows.map(({ incidentId: _, ...row }) => row as unknown as TimelineEntry);
}

/** The first entry whose hash does not follow from what stands before it; undefined where the chain holds. */
export function findBrokenLink(
  incidentId: IncidentId,
  entries: TimelineEntry[],
): TimelineEntry | undefined {
  let before = emptyHead;
  for (const entry of entries) {
    const isNext = entry.sequence === before.sequence + 1;
    if (!isNext || entry.hash !== hashEntry(incidentId, entry, before.hash)) return entry;
    before = entry;
  }
  return undefined;
}

function hashEntry(
  incidentId: IncidentId,
  entry: Omit<TimelineEntry, "hash">,
  hashBefore: string,
): string {
  const content = [
    incidentId,
    entry.sequence,
    entry.lane,
    entry.kind,
    entry.happenedAt.toISOString(),
    entry.recordedAt.toISOString(),
    entry.actor,
    // jsonb does not keep the order of keys, so the hash may not depend on it
    Object.entries(entry.data).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    hashBefore,
  ];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}
