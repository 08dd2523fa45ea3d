import { sql } from "kysely";
import type { KeptInterval, KeptPin, PinHistory } from "#src/domain/ledger/intervals.ts";
import type { PinId } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { Trx } from "./open.ts";
import { fromJsonRow, type JsonRow } from "./rows.ts";

/** Remembers these deliveries by their digest. Returns those that were not known. */
export async function takeDeliveries(
  trx: Trx,
  digests: readonly string[],
  receivedAt: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ digest: string }>`
    insert into trace_delivery (digest, received_at)
    select distinct digest, ${receivedAt}::timestamptz
    from unnest(${[...digests]}::text[]) as given (digest) order by digest
    on conflict do nothing returning digest`.execute(trx);
  return new Set(rows.map(({ digest }) => digest));
}

/**
 * Which of these services may be kept: all that are known, and of the others, by name, as many as there is
 * room for. Whoever else adds a service waits until this transaction ends.
 */
export async function servicesWithRoom(
  trx: Trx,
  teamId: TeamId,
  services: readonly string[],
  atMost: number,
): Promise<Set<string>> {
  const readKnown = async (): Promise<Set<string>> => {
    const { rows } = await sql<{ service: string }>`
      select service from ledger_service
      where team_id = ${teamId} and service = any(${[...services]}::text[])`.execute(trx);
    return new Set(rows.map(({ service }) => service));
  };
  const known = await readKnown();
  if (services.every((service) => known.has(service))) return known;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`services of ${teamId}`}, 0))`.execute(
    trx,
  );
  const kept = await readKnown();
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from ledger_service where team_id = ${teamId}`.execute(trx);
  const room = Math.max(0, atMost - (rows[0]?.count ?? 0));
  const others = [...new Set(services)].filter((service) => !kept.has(service)).toSorted();
  for (const service of others.slice(0, room)) kept.add(service);
  return kept;
}

/** How many pins are kept of each of these services; 0 of one that has none is left out. */
export async function countPins(
  trx: Trx,
  teamId: TeamId,
  services: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ service: string; count: number }>`
    select service, count(*)::integer as count from pin
    where team_id = ${teamId} and service = any(${[...services]}::text[])
    group by service`.execute(trx);
  return new Map(rows.map(({ service, count }) => [service, count]));
}

/** What telemetry of a service came in. */
export interface ServiceTraffic {
  service: string;
  firstAt: Date;
  lastAt: Date;
  requests: number;
}

/**
 * Adds what came in of these services, each once, and locks them until the transaction ends: whoever
 * records sightings of a service at the same time waits. In the order of their names, so that two do not
 * wait for each other.
 */
export async function addTraffic(
  trx: Trx,
  teamId: TeamId,
  traffic: readonly ServiceTraffic[],
  receivedAt: Date,
): Promise<void> {
  await sql`
    insert into ledger_service as known
      (team_id, service, first_seen_at, last_seen_at, request_count, received_at)
    select ${teamId}, service, first_at, last_at, requests, ${receivedAt}::timestamptz
    from jsonb_to_recordset(${asJson(traffic)}::jsonb)
      as given (service text, first_at timestamptz, last_at timestamptz, requests bigint)
    order by service
    on conflict (team_id, service) do update set
      first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at),
      request_count = known.request_count + excluded.request_count,
      received_at = greatest(known.received_at, excluded.received_at)`.execute(trx);
}

/** A pin whose history is needed to fold what was sent of it. */
export interface WantedHistory {
  service: string;
  pin: PinId;
  /** Intervals that were seen since then are needed (`reachBack`). */
  since: Date;
  /** Of each of these values the newest interval before is needed too. */
  values: string[];
}
export interface ServicePinHistory extends PinHistory {
  service: string;
}

/** What is kept of these pins, as far as it is needed; a pin that was never seen is not in it. The caller holds the services' locks. */
export async function readHistories(
  trx: Trx,
  teamId: TeamId,
  wanted: readonly WantedHistory[],
): Promise<ServicePinHistory[]> {
  const columns = sql`i.id, i.value, i.is_derived, i.source, i.first_seen_at, i.last_seen_at,
    i.request_count, i.from_count, i.to_count, i.sample_trace_ids, i.is_first`;
  const { rows } = await sql<PinRow>`
    select p.service, p.pin, p.layer, p.first_seen_at, p.last_seen_at, p.request_count,
      p.value_count, p.overflow_count, p.overflow_at,
      (select coalesce(jsonb_agg(to_jsonb(needed)), '[]') from (
        select ${columns} from pin_interval i where i.pin_id = p.id and i.last_seen_at >= w.since
        union all
        select * from (select distinct on (id) * from (
          (select ${columns} from pin_interval i
            where i.pin_id = p.id and i.last_seen_at < w.since
            order by i.last_seen_at desc limit 1)
          union all
          select newest.* from jsonb_array_elements_text(w.values) as given (value)
          cross join lateral (select ${columns} from pin_interval i
            where i.pin_id = p.id and i.value = given.value and i.last_seen_at < w.since
            order by i.last_seen_at desc limit 1) newest
        ) earlier order by id) once
      ) needed) as intervals
    from jsonb_to_recordset(${asJson(wanted)}::jsonb)
      as w (service text, pin text, since timestamptz, "values" jsonb)
    join pin p on p.team_id = ${teamId} and p.service = w.service and p.pin = w.pin`.execute(trx);
  return rows.map(({ service, intervals, ...row }) => ({
    service,
    pin: {
      layer: row.layer,
      pin: row.pin,
      firstSeenAt: row.firstSeenAt,
      lastSeenAt: row.lastSeenAt,
      requests: row.requestCount,
      values: row.valueCount,
      overflow: row.overflowCount,
      overflowAt: row.overflowAt,
    },
    intervals: intervals.map(readInterval),
  }));
}

interface PinRow {
  service: string;
  pin: PinId;
  layer: KeptPin["layer"];
  firstSeenAt: Date;
  lastSeenAt: Date;
  requestCount: number;
  valueCount: number;
  overflowCount: number;
  overflowAt: Date | null;
  intervals: JsonRow[];
}

function readInterval(row: JsonRow): KeptInterval {
  const { requestCount, sampleTraceIds, ...rest } = fromJsonRow(row) as Omit<
    KeptInterval,
    "requests" | "traceIds"
  > & { requestCount: number; sampleTraceIds: string[] };
  return { ...rest, requests: requestCount, traceIds: sampleTraceIds };
}

/** What was folded of one pin: its row, and of its intervals what is new, changed and gone. */
export interface FoldedPin {
  service: string;
  pin: KeptPin;
  changed: KeptInterval[];
  removed: number[];
}

/** An interval that was written for the first time. */
export interface WrittenInterval {
  id: number;
  service: string;
  pin: PinId;
  value: string;
  firstSeenAt: Date;
  isFirst: boolean;
}

/** Writes what was folded, in four statements at the most; returns the intervals that are new. The caller holds the services' locks. */
export async function writeFolded(
  trx: Trx,
  teamId: TeamId,
  folded: readonly FoldedPin[],
  recordedAt: Date,
): Promise<WrittenInterval[]> {
  const pins = folded.map(({ service, pin }) => ({ service, ...pin }));
  const { rows: pinRows } = await sql<{ id: number; service: string; pin: PinId }>`
    insert into pin (team_id, service, layer, pin, first_seen_at, last_seen_at, request_count,
      value_count, overflow_count, overflow_at)
    select ${teamId}, service, layer, pin, first_seen_at, last_seen_at, requests, "values",
      overflow, overflow_at
    from jsonb_to_recordset(${asJson(pins)}::jsonb) as given (service text, layer text, pin text,
      first_seen_at timestamptz, last_seen_at timestamptz, requests bigint, "values" integer,
      overflow bigint, overflow_at timestamptz)
    on conflict (team_id, service, pin) do update set
      layer = excluded.layer, first_seen_at = excluded.first_seen_at,
      last_seen_at = excluded.last_seen_at, request_count = excluded.request_count,
      value_count = excluded.value_count, overflow_count = excluded.overflow_count,
      overflow_at = excluded.overflow_at
    returning id, service, pin`.execute(trx);
  const removed = folded.flatMap((one) => one.removed);
  if (removed.length > 0) {
    await sql`delete from pin_interval where id = any (${removed}::bigint[])`.execute(trx);
  }
  const pinIds = new Map(pinRows.map((row) => [pinKey(row.service, row.pin), row]));
  const intervals = folded.flatMap(({ service, pin, changed }) =>
    changed.map((one) => ({ ...one, pinId: pinIds.get(pinKey(service, pin.pin))!.id })),
  );
  await updateIntervals(
    trx,
    intervals.filter(({ id }) => id !== null),
    recordedAt,
  );
  const begun = intervals.filter(({ id }) => id === null);
  const ids = await insertIntervals(trx, begun, recordedAt);
  const byId = new Map(pinRows.map((row) => [row.id, row]));
  return ids.map(({ pinId, ...row }) => {
    const { service, pin } = byId.get(pinId)!;
    return { ...row, service, pin };
  });
}

/** A pin of a service as one text. */
export function pinKey(service: string, pin: PinId): string {
  return JSON.stringify([service, pin]);
}

type WithPin = KeptInterval & { pinId: number };

const given = sql`as given (id bigint, pin_id bigint, value text, is_derived boolean, source text,
  first_seen_at timestamptz, last_seen_at timestamptz, requests bigint, from_count bigint,
  to_count bigint, trace_ids text[], is_first boolean)`;

async function updateIntervals(trx: Trx, intervals: WithPin[], recordedAt: Date): Promise<void> {
  if (intervals.length === 0) return;
  await sql`
    update pin_interval kept set first_seen_at = given.first_seen_at,
      last_seen_at = given.last_seen_at, request_count = given.requests,
      from_count = given.from_count, to_count = given.to_count,
      sample_trace_ids = given.trace_ids, is_first = given.is_first, recorded_at = ${recordedAt}
    from jsonb_to_recordset(${asJson(intervals)}::jsonb) ${given}
    where kept.id = given.id`.execute(trx);
}

async function insertIntervals(trx: Trx, intervals: WithPin[], recordedAt: Date) {
  if (intervals.length === 0) return [];
  const { rows } = await sql<Omit<WrittenInterval, "service" | "pin"> & { pinId: number }>`
    insert into pin_interval (pin_id, value, is_derived, source, first_seen_at, last_seen_at,
      request_count, from_count, to_count, sample_trace_ids, is_first, recorded_at)
    select pin_id, value, is_derived, source, first_seen_at, last_seen_at, requests, from_count,
      to_count, trace_ids, is_first, ${recordedAt}::timestamptz
    from jsonb_to_recordset(${asJson(intervals)}::jsonb) ${given}
    order by first_seen_at, pin_id, value
    returning id, pin_id, value, first_seen_at, is_first`.execute(trx);
  return rows;
}

/** With column names as keys; times as ISO 8601. */
function asJson(rows: readonly object[]): string {
  return JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
          value as unknown,
        ]),
      ),
    ),
  );
}
