import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { IncidentId } from "#src/domain/incident.ts";
import type { NewTimelineEntry, TimelineEntry, TimelineKind } from "#src/domain/timeline.ts";
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

/** An entry and everything about it (corrections, a withdrawal), in the order in which it was recorded; empty where there is none. */
export async function listEntryWithHistory(
  db: Database | Trx,
  incidentId: IncidentId,
  sequence: number,
): Promise<TimelineEntry[]> {
  return listWithHistory(db, incidentId, [sequence]);
}

/** The same for all entries of some kinds. */
export async function listKindsWithHistory(
  db: Database | Trx,
  incidentId: IncidentId,
  kinds: readonly TimelineKind[],
): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom("timelineEntry")
    .select("sequence")
    .where("incidentId", "=", incidentId)
    .where("kind", "in", kinds)
    .execute();
  return listWithHistory(
    db,
    incidentId,
    rows.map(({ sequence }) => sequence),
  );
}

/** The same for several entries at once. */
export async function listWithHistory(
  db: Database | Trx,
  incidentId: IncidentId,
  sequences: readonly number[],
): Promise<TimelineEntry[]> {
  if (sequences.length === 0) return [];
  const rows = await db
    .selectFrom("timelineEntry")
    .selectAll()
    .where("incidentId", "=", incidentId)
    .where((eb) =>
      eb.or([
        eb("sequence", "in", sequences),
        eb.and([
          eb("kind", "in", ["entry_corrected", "entry_withdrawn"]),
          eb(sql<string>`data->>'entry'`, "in", sequences.map(String)),
        ]),
      ]),
    )
    .orderBy("sequence")
    .execute();
  return rows.map(({ incidentId: _, ...row }) => row as unknown as TimelineEntry);
}

/** Every entry that names this message of Slack's (`C…:ts`): pins, their corrections and withdrawals. */
export async function listEntriesOfSource(
  db: Database | Trx,
  incidentId: IncidentId,
  source: string,
): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom("timelineEntry")
    .selectAll()
    .where("incidentId", "=", incidentId)
    // as the index has it
    .where(sql<boolean>`data ? 'source'`)
    .where(sql<string>`data->>'source'`, "=", source)
    .orderBy("sequence")
    .execute();
  return rows.map(({ incidentId: _, ...row }) => row as unknown as TimelineEntry);
}

/**
 * Reads an incident's whole chain, a thousand entries at a time: the first entry whose hash does not
 * follow from what stands before it, or undefined where the chain holds.
 */
export async function findBrokenEntry(
  db: Database | Trx,
  incidentId: IncidentId,
): Promise<TimelineEntry | undefined> {
  let before = emptyHead;
  for (;;) {
    const rows = await db
      .selectFrom("timelineEntry")
      .selectAll()
      .where("incidentId", "=", incidentId)
      .where("sequence", ">", before.sequence)
      .orderBy("sequence")
      .limit(1_000)
      .execute();
    const entries = rows.map(({ incidentId: _, ...row }) => row as unknown as TimelineEntry);
    const broken = findBrokenLink(incidentId, entries, before);
    const last = entries.at(-1);
    if (broken || !last) return broken;
    before = last;
  }
}

/** The first entry whose hash does not follow from what stands before it; undefined where the chain holds. */
export function findBrokenLink(
  incidentId: IncidentId,
  entries: TimelineEntry[],
  start: TimelineHead = emptyHead,
): TimelineEntry | undefined {
  let before = start;
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
