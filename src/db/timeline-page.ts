import { sql } from "kysely";
import type { IncidentId } from "#src/domain/incident.ts";
import { foldTimeline } from "#src/domain/timeline-fold.ts";
import type { TimelineFilter, TimelinePage } from "#src/domain/timeline-page.ts";
import type { Database, Trx } from "./open.ts";
import { listWithHistory } from "./timeline.ts";

/**
 * One page of a timeline as it reads today, the newest first. Corrections count: an entry stands at the
 * time and in the lane that the newest of them says. Only the page's own entries are loaded whole.
 */
export async function readTimelinePage(
  db: Database | Trx,
  incidentId: IncidentId,
  what: { filter: TimelineFilter; page: number; size: number },
): Promise<TimelinePage> {
  const { filter, size } = what;
  const counted = await sql<{ found: number; recorded: number }>`
    ${readings(incidentId, filter)}
    select count(*)::integer as found, (select count(*)::integer from own) as recorded from shown
  `.execute(db);
  const { found = 0, recorded = 0 } = counted.rows[0] ?? {};
  const pages = Math.max(1, Math.ceil(found / size));
  const page = Math.min(Math.max(0, what.page), pages - 1);
  const rows = await sql<{ sequence: number }>`
    ${readings(incidentId, filter)}
    select sequence from shown order by happened_at desc, sequence desc
    limit ${size} offset ${page * size}
  `.execute(db);
  const sequences = rows.rows.map(({ sequence }) => sequence);
  const folded = foldTimeline(await listWithHistory(db, incidentId, sequences));
  return { entries: folded.toReversed(), page, pages, found, recorded };
}

/** Every entry at the time and in the lane where it reads today, those that the filter finds. */
function readings(incidentId: IncidentId, filter: TimelineFilter) {
  const isShown =
    filter === "withdrawn"
      ? sql`withdrawn`
      : filter === "all"
        ? sql`not withdrawn`
        : sql`not withdrawn and lane = ${filter}`;
  return sql`
    with own as (
      select sequence, kind, lane, happened_at, data from timeline_entry
      where incident_id = ${incidentId}
    ), about as (
      select (data->>'entry')::integer as sequence,
        bool_or(kind = 'entry_withdrawn') as withdrawn,
        max(own.sequence) filter (where kind = 'entry_corrected') as newest
      from own where kind in ('entry_corrected', 'entry_withdrawn') group by 1
    ), shown as (
      select sequence, happened_at from (
        select e.sequence,
          coalesce(a.withdrawn, false) as withdrawn,
          coalesce(c.data->>'lane', e.lane) as lane,
          coalesce((c.data->>'happenedAt')::timestamptz, e.happened_at) as happened_at
        from own e
        left join about a on a.sequence = e.sequence
        left join own c on c.sequence = a.newest
        where e.kind not in ('entry_corrected', 'entry_withdrawn')
      ) reading where ${isShown}
    )`;
}
