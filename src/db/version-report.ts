import { sql } from "kysely";
import type { LayerId } from "#src/domain/layers/index.ts";
import type {
  ChangeSourceMark,
  DeclaredChange,
  LedgerChange,
  LedgerCoverage,
  ScanWindow,
  VersionReport,
} from "#src/domain/ledger/ledger.ts";
import type { StoredInterval } from "#src/domain/ledger/pin-state.ts";
import { changesIn, saidBeside } from "#src/domain/ledger/seen-changes.ts";
import {
  reportBegins,
  type ReportedPin,
  type ReportQuestion,
  versionReport,
} from "#src/domain/ledger/version-report.ts";
import type { TeamId } from "#src/domain/person.ts";
import { findGoldenRuns } from "./golden-runs.ts";
import type { Database, Trx } from "./open.ts";
import { findLastRetention, type RetentionRun } from "./retention.ts";

/** Of which services: `names` are those under which machines know one (`ledgerNamesOf`). */
export interface OfNames {
  teamId: TeamId;
  names: readonly string[];
}

/** Read of a pin at most, the newest ones: an answer for people, whatever a sender does. */
const intervalsOfPinAtMost = 1_000;
/** Of what ended before, the newest ones: more values do not run at the same time. */
const earlierAtMost = 60;
const declaredAtMost = 5_000;

/**
 * `/incident versions` (4.14, 4.19): what ran now, before and at the last known good time, what changed in
 * the window, and on what data that stands. Four statements beside the golden runs.
 */
export async function findVersionReport(
  db: Database | Trx,
  question: OfNames & ReportQuestion,
): Promise<VersionReport> {
  const { teamId, names, window, now } = question;
  const of = { teamId, names };
  const from = reportBegins(question);
  const to = window.to > now ? window.to : now;
  // one after the other: within a decision all of them go over one connection
  const pins = await readPins(db, of, { from, to });
  const declared = await readDeclared(db, of, { from, to: window.to });
  const marks = await listMarks(db, { ...of, window });
  const coverage = await readCoverage(db, of);
  return versionReport(question, pins, declared, marks, coverage);
}

/** The changes of a window, declared and seen, the oldest first; also within a decision's transaction. */
export async function listWindowChanges(
  db: Database | Trx,
  { window, ...of }: OfNames & { window: ScanWindow },
): Promise<LedgerChange[]> {
  const pins = await readPins(db, of, window);
  const declared = await readDeclared(db, of, window);
  return changesIn(window, pins, declared);
}

/**
 * The pins of these services with the intervals that were seen in the window or near enough to a change in
 * it, and before it those that may still have run: nothing newer shows that they were gone (`goneAfter`,
 * here without its exceptions, so never too few).
 */
async function readPins(
  db: Database | Trx,
  { teamId, names }: OfNames,
  { from, to }: ScanWindow,
): Promise<ReportedPin[]> {
  const since = new Date(from.getTime() - saidBeside.afterMs);
  const until = new Date(to.getTime() + saidBeside.beforeMs);
  const columns = sql`i.id, i.value, i.is_derived, i.source, i.first_seen_at, i.last_seen_at,
    i.request_count, i.from_count, i.to_count, i.sample_trace_ids, i.is_first`;
  const { rows } = await sql<Row>`
    select p.id as pin_id, p.service, p.layer, p.pin, p.first_seen_at as pin_first_at,
      p.last_seen_at as pin_last_at, p.request_count as pin_requests, p.overflow_count,
      p.overflow_at, needed.*
    from pin p left join lateral (
      (select ${columns} from pin_interval i
        where i.pin_id = p.id and i.last_seen_at >= ${since} and i.first_seen_at <= ${until}
        order by i.last_seen_at desc limit ${intervalsOfPinAtMost})
      union all
      (select ${columns} from (
        select newest.id, newest.request_count, newest.from_count, newest.to_count,
          max(newest.to_count) over () as reached
        from (select id, request_count, from_count, to_count from pin_interval
          where pin_id = p.id and last_seen_at < ${since}
          order by last_seen_at desc limit ${earlierAtMost}) newest
      ) e join pin_interval i on i.id = e.id
      where e.reached - e.to_count <=
        greatest(7, 7 * (e.to_count - e.from_count) / greatest(e.request_count, 1)))
    ) needed on true
    where p.team_id = ${teamId} and p.service = any (${[...names]}::text[])
    order by p.id`.execute(db);
  return [...Map.groupBy(rows, ({ pinId }) => pinId).values()].map(asPin);
}

interface Row {
  pinId: number;
  service: string;
  layer: LayerId;
  pin: string;
  pinFirstAt: Date;
  pinLastAt: Date;
  pinRequests: number;
  overflowCount: number;
  overflowAt: Date | null;
  /** Null: the pin has no interval that is needed. */
  id: number | null;
  value: string;
  isDerived: boolean;
  source: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  requestCount: number;
  fromCount: number;
  toCount: number;
  sampleTraceIds: string[];
  isFirst: boolean;
}

function asPin(rows: Row[]): ReportedPin {
  const [first] = rows;
  return {
    service: first!.service,
    layer: first!.layer,
    pin: first!.pin,
    firstSeenAt: first!.pinFirstAt,
    lastSeenAt: first!.pinLastAt,
    requests: first!.pinRequests,
    overflow: first!.overflowCount,
    overflowAt: first!.overflowAt,
    intervals: rows.flatMap((row) => (row.id === null ? [] : [asInterval(row, row.id)])),
  };
}

function asInterval(row: Row, id: number): StoredInterval {
  const { service, layer, pin, value, isDerived, source, firstSeenAt, lastSeenAt } = row;
  const { requestCount, fromCount, toCount, sampleTraceIds, isFirst } = row;
  return {
    id,
    service,
    layer,
    pin,
    value,
    isDerived,
    source,
    firstSeenAt,
    lastSeenAt,
    requests: requestCount,
    // measured at the ends of deliveries, so it may fall a little short
    ofRequests: Math.max(toCount - fromCount, requestCount),
    fromCount,
    toCount,
    traceIds: sampleTraceIds,
    isFirst,
  };
}

/** Declared for these services or for all, in the window and as far around it as one may belong to a change in it; the newest ones. */
async function readDeclared(
  db: Database | Trx,
  { teamId, names }: OfNames,
  { from, to }: ScanWindow,
): Promise<DeclaredChange[]> {
  const since = new Date(from.getTime() - saidBeside.beforeMs);
  const until = new Date(to.getTime() + saidBeside.afterMs);
  const columns = sql`key, service, at, until_at as until, kind, layer, summary, link, source,
    declared_by, sets`;
  const { rows } = await sql<DeclaredChange>`
    select * from (
      (select ${columns} from declared_change
        where team_id = ${teamId} and service = any (${[...names]}::text[])
          and at between ${since} and ${until}
        order by at desc limit ${declaredAtMost})
      union all
      (select ${columns} from declared_change
        where team_id = ${teamId} and service is null and at between ${since} and ${until}
        order by at desc limit ${declaredAtMost})
    ) declared order by at, key`.execute(db);
  return rows;
}

/** R4: the marks of these services, and of all, that touch a window, the oldest first. */
export async function listMarks(
  db: Database | Trx,
  { teamId, names, window }: OfNames & { window: ScanWindow },
): Promise<ChangeSourceMark[]> {
  const { rows } = await sql<ChangeSourceMark>`
    select service, layer, from_at as from, to_at as to, source, marked_by, marked_at
    from change_source_mark
    where team_id = ${teamId} and (service = any (${[...names]}::text[]) or service is null)
      and from_at <= ${window.to} and to_at >= ${window.from}
    order by marked_at, id limit 200`.execute(db);
  return rows;
}

async function readCoverage(
  db: Database | Trx,
  { teamId, names }: OfNames,
): Promise<LedgerCoverage> {
  const { rows } = await sql<Omit<LedgerCoverage, "goldenRun" | "baseline" | "dropped">>`
      select traffic.*, coalesce(own.declared, 0) + shared.declared as declared,
        greatest(own.last_declared_at, shared.last_declared_at) as last_declared_at
      from (select coalesce(sum(request_count), 0)::bigint as requests,
          min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at,
          max(received_at) as received_at
        from ledger_service where team_id = ${teamId} and service = any (${[...names]}::text[])
      ) traffic,
      (select count(*) as declared, max(at) as last_declared_at from declared_change
        where team_id = ${teamId} and service = any (${[...names]}::text[])) own,
      (select count(*) as declared, max(at) as last_declared_at from declared_change
        where team_id = ${teamId} and service is null) shared`.execute(db);
  const golden = await findGoldenRuns(db, { teamId, names });
  return { ...rows[0]!, ...golden, dropped: droppedBy(await findLastRetention(db)) };
}

function droppedBy(run: RetentionRun | undefined): LedgerCoverage["dropped"] {
  const count = Object.values(run?.dropped ?? {}).reduce((sum, one) => sum + one, 0);
  return run && count > 0 ? { at: run.ranAt, before: run.beforeAt, count } : null;
}
