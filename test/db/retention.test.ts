// Goal: what is older than the retention goes, and nothing else: not what is still seen, not history that was
// sent in today; what went is counted and written down.
// Method: a real PostgreSQL with rows on both sides of the line; two runs at once.

import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { findLastRetention } from "#src/db/retention.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { createLog } from "#src/lib/log.ts";
import { dropOld } from "#src/usecases/drop-old.ts";
import { recordSightings } from "#src/usecases/record-sightings.ts";
import { testDatabase } from "#test/support/database.ts";
import { seenPin, sightingsOf } from "#test/support/sightings.ts";
import { teamId } from "#test/usecases/support.ts";

const { db } = await testDatabase();
const log = createLog("silent");
const before = new Date("2026-01-01T00:00:00Z");
const ranAt = new Date("2026-11-01T00:00:00Z");
const old = new Date("2025-06-01T00:00:00Z");
const recent = new Date("2026-10-01T00:00:00Z");

beforeEach(async () => {
  await sql`truncate ledger_service, pin, pin_interval, trace_delivery, declared_change,
    change_source_mark, golden_run, retention_run cascade`.execute(db);
});

async function record(digest: string, value: string, at: Date, receivedAt: Date, service = "a") {
  const pins = [seenPin("index", "retrieval_data", value)];
  const seen = sightingsOf(service, [{ at, traceId: digest, pins }]);
  seen.pins[0]!.requests = 500;
  seen.requests = 500;
  await recordSightings(
    { db, teamId, receivedAt, log, settings: noLedgerSettings },
    { digest, services: [seen] },
  );
}

async function declare(key: string, at: Date, recordedAt: Date): Promise<void> {
  await sql`insert into declared_change (team_id, key, at, kind, layer, summary, source, recorded_at)
    values (${teamId}, ${key}, ${at}, 'deploy', 'model', 's', 'api', ${recordedAt})`.execute(db);
}

async function mark(source: string, to: Date, markedAt: Date): Promise<void> {
  await sql`insert into change_source_mark
      (team_id, layer, from_at, to_at, source, marked_by, marked_at)
    values (${teamId}, 'model', ${new Date(0)}, ${to}, ${source}, 'm', ${markedAt})`.execute(db);
}

async function values(): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select p.service || ' ' || i.value as line from pin p join pin_interval i on i.pin_id = p.id
    order by 1`.execute(db);
  return rows.map(({ line }) => line);
}

test("intervals that ended before the line go, and those that are still seen, or came in later, stay", async () => {
  await record("d1", "i1", old, old);
  await record("d2", "i2", new Date(old.getTime() + 86_400_000), old);
  await record("d3", "i2", recent, recent);
  await record("d4", "i3", recent, recent);
  await record("d5", "backfilled", old, recent, "b");
  await record("d6", "gone", old, old, "c");
  await declare("old", old, old);
  await declare("backdated", old, recent);
  await declare("recent", recent, recent);
  await mark("old", old, old);
  await mark("of long ago", old, recent);
  await mark("recent", recent, recent);
  const dropped = await dropOld(db, { before, ranAt });
  expect(dropped).toMatchObject({
    pinIntervals: 2,
    pins: 1,
    services: 1,
    declaredChanges: 1,
    sourceMarks: 1,
    goldenRuns: 0,
    exhibits: 0,
  });
  expect(await values()).toEqual(["a i2", "a i3", "b backfilled"]);
  const { rows: pins } = await sql<{ valueCount: number }>`
    select value_count from pin where service = 'a'`.execute(db);
  expect(pins).toEqual([{ valueCount: 2 }]);
  const { rows: changes } = await sql<{ key: string }>`
    select key from declared_change order by key`.execute(db);
  expect(changes.map(({ key }) => key)).toEqual(["backdated", "recent"]);
  const { rows: marks } = await sql<{ source: string }>`
    select source from change_source_mark order by source`.execute(db);
  expect(marks.map(({ source }) => source)).toEqual(["of long ago", "recent"]);
  expect(await findLastRetention(db)).toEqual({ ranAt, beforeAt: before, dropped });
});

test("two processes at once drop the same things once, and a delivery is forgotten after a day", async () => {
  for (const nth of [1, 2, 3, 4, 5]) {
    await record(`d${nth}`, "i", old, old, `s${nth}`);
    await declare(`c${nth}`, old, old);
  }
  await record("today", "i", ranAt, ranAt, "live");
  const runs = await Promise.all([dropOld(db, { before, ranAt }), dropOld(db, { before, ranAt })]);
  const sum = (what: string) => runs.reduce((total, run) => total + run[what]!, 0);
  expect(["pinIntervals", "pins", "services", "declaredChanges"].map(sum)).toEqual([5, 5, 5, 5]);
  const { rows } = await sql<{ digest: string }>`select digest from trace_delivery`.execute(db);
  expect(rows).toEqual([{ digest: "today" }]);
});

test("before the retention has run there is nothing to say of it, and a run that dropped nothing says so", async () => {
  expect(await findLastRetention(db)).toBeUndefined();
  const dropped = await dropOld(db, { before, ranAt });
  expect(Object.values(dropped).every((count) => count === 0)).toBe(true);
  expect(await findLastRetention(db)).toMatchObject({ ranAt, dropped });
});
