import { openDoor, token } from "./open-door.ts";
import type { Database } from "#src/db/open.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import { traces } from "#src/intake/traces.ts";
import { createLog } from "#src/lib/log.ts";
import type { KeyValueJson, SpanJson, TraceRequestJson } from "#test/support/otlp-request.ts";

const teamId = "TTRACES" as TeamId;

/** A server with the route for traces on this database; the address of the route. */
export async function openTraces(
  db: Database,
  settings: LedgerSettings = noLedgerSettings,
): Promise<string> {
  const log = createLog("silent");
  const context = async () => ({ db, teamId, now: new Date(), log, settings });
  return `${(await openDoor({ token, routes: [traces], context, log })).url}/v1/traces`;
}

/** What is kept of a service: each value of a pin, in order of pin and value. */
export async function keptOf(db: Database, service: string) {
  const rows = await db
    .selectFrom("pin")
    .innerJoin("pinInterval", "pinInterval.pinId", "pin.id")
    .where("pin.teamId", "=", teamId)
    .where("pin.service", "=", service)
    .select([
      "pin.pin",
      "pinInterval.value",
      "pinInterval.requestCount as requests",
      "pinInterval.firstSeenAt",
      "pinInterval.lastSeenAt",
      "pinInterval.sampleTraceIds",
    ])
    .orderBy("pin.pin")
    .orderBy("pinInterval.value")
    .execute();
  return rows;
}

/** How many requests of a service were counted; undefined where nothing is known of it. */
export async function requestsOf(db: Database, service: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("ledgerService")
    .where("teamId", "=", teamId)
    .where("service", "=", service)
    .select("requestCount")
    .executeTakeFirst();
  return row?.requestCount;
}

let last = 0;

/** A call of a model, of a trace of its own. */
export function modelCall(
  attributes: Record<string, string>,
  changed: Partial<SpanJson> = {},
): SpanJson {
  last += 1;
  return {
    traceId: last.toString(16).padStart(32, "a"),
    spanId: last.toString(16).padStart(16, "b"),
    name: "chat",
    startTimeUnixNano: nanoseconds("2026-11-20T10:00:00Z"),
    attributes: keyValues({ "gen_ai.operation.name": "chat", ...attributes }),
    ...changed,
  };
}

/** Spans of a service, as one request. */
export function requestOf(service: string | undefined, spans: SpanJson[]): TraceRequestJson {
  const resource = {
    attributes: keyValues(service === undefined ? {} : { "service.name": service }),
  };
  return { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] };
}

export function nanoseconds(iso: string): string {
  return `${Date.parse(iso)}000000`;
}

export function keyValues(values: Record<string, string>): KeyValueJson[] {
  return Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}
