// Goal: what machines send at once is recorded as if it had come one after the other: counted once, in whole
// transactions, and a change wakes the open incidents of its service.
// Method: a real PostgreSQL, many deliveries at once over one and over two pools, read back.

import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "#src/db/open.ts";
import { prepareJobs } from "#src/db/effects.ts";
import { type LedgerSettings, noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { createLog } from "#src/lib/log.ts";
import { recordSightings, type SightingDelivery } from "#src/usecases/record-sightings.ts";
import { testDatabase } from "#test/support/database.ts";
import { seenPin, sightingsOf } from "#test/support/sightings.ts";
import { declareOne, seedPeople, teamId } from "#test/usecases/support.ts";

const { db, url } = await testDatabase();
const log = createLog("silent");
const start = Date.parse("2026-03-01T00:00:00Z");
const at = (minutes: number) => new Date(start + minutes * 60_000);
let other: Database;

beforeAll(async () => {
  await prepareJobs(url, log);
  await seedPeople(db);
  other = await openDatabase({ url, log });
});
afterAll(() => other.destroy());
beforeEach(async () => {
  await sql`truncate ledger_service, pin, pin_interval, trace_delivery, effect cascade`.execute(db);
});

/** Requests a minute apart that carry this model. */
function delivery(
  digest: string,
  model: string,
  from: number,
  count: number,
  service = "assistant",
): SightingDelivery {
  const requests = Array.from({ length: count }, (_, nth) => ({
    at: at(from + nth),
    traceId: `${digest}${nth}`,
    pins: [seenPin("model.served", "model", model)],
  }));
  return { digest, services: [sightingsOf(service, requests)] };
}
const record = (one: SightingDelivery, on = db, settings: LedgerSettings = noLedgerSettings) =>
  recordSightings({ db: on, teamId, receivedAt: new Date(), log, settings }, one);

async function intervals(): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select p.service || ' ' || i.value || ' ' || i.request_count || ' of ' || i.to_count - i.from_count
      || case when i.is_first then ' first' else '' end as line
    from pin p join pin_interval i on i.pin_id = p.id
    order by p.service, i.first_seen_at, i.value`.execute(db);
  return rows.map(({ line }) => line);
}

test("a body that is sent again counts once, also twice at the same moment", async () => {
  const body = delivery("d1", "m1", 0, 10);
  const outcomes = await Promise.all([record(body), record(body), record(body, other)]);
  expect(outcomes.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(await record(body)).toEqual({ isNew: false, overflow: [] });
  expect(await intervals()).toEqual(["assistant m1 10 of 10 first"]);
});

test("what comes at once from many senders over two processes is the same as one after the other", async () => {
  const bodies = Array.from({ length: 40 }, (_, nth) =>
    delivery(
      `d${nth}`,
      nth < 20 ? "m1" : "m2",
      nth * 20,
      20,
      nth % 2 === 0 ? "assistant" : "search",
    ),
  );
  await Promise.all(bodies.map((body, nth) => record(body, nth % 3 === 0 ? db : other)));
  expect(await intervals()).toEqual([
    "assistant m1 200 of 200 first",
    "assistant m2 200 of 200",
    "search m1 200 of 200 first",
    "search m2 200 of 200",
  ]);
  const { rows } = await sql<{ service: string; requestCount: number }>`
    select service, request_count from ledger_service order by service`.execute(db);
  expect(rows).toEqual([
    { service: "assistant", requestCount: 400 },
    { service: "search", requestCount: 400 },
  ]);
});

test("what waits while one is written goes together into few transactions", async () => {
  const before = await commits();
  await Promise.all(
    Array.from({ length: 60 }, (_, nth) => record(delivery(`d${nth}`, "m1", nth, 1))),
  );
  expect(await intervals()).toEqual(["assistant m1 60 of 60 first"]);
  expect((await commits()) - before).toBeLessThan(5);
});

/** Transactions of this test that wrote a delivery. */
async function commits(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct xmin::text)::int as n from trace_delivery`.execute(db);
  return rows[0]!.n;
}

test("one delivery that cannot be written fails alone", async () => {
  const broken = delivery("bad", "m1", 0, 5);
  broken.services[0]!.pins[0]!.firstAt = new Date(Number.NaN);
  const outcomes = await Promise.allSettled([
    record(delivery("d1", "m1", 0, 5)),
    record(delivery("d2", "m1", 5, 5)),
    record(broken),
    record(delivery("d3", "m1", 10, 5)),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(await intervals()).toEqual(["assistant m1 15 of 15 first"]);
});

test("values and names that PostgreSQL does not take as text are recorded all the same", async () => {
  const odd = delivery("d1", "m1", 0, 3, "assis\u0000tant \ud800");
  expect(await record(odd)).toEqual({ isNew: true, overflow: [] });
  expect(await intervals()).toEqual(["assis tant \ufffd m1 3 of 3 first"]);
});

test("more different values than the cap are counted, and told to who sent them", async () => {
  const requests = Array.from({ length: 300 }, (_, nth) => ({
    at: at(nth),
    traceId: `t${nth}`,
    pins: [seenPin("prompt", "prompt_policy", `p${nth}`)],
  }));
  const outcome = await record({ digest: "d1", services: [sightingsOf("assistant", requests)] });
  expect(outcome.overflow).toEqual([{ service: "assistant", pin: "prompt", requests: 100 }]);
  const { rows } = await sql<{ valueCount: number; overflowCount: number; requestCount: number }>`
    select value_count, overflow_count, request_count from pin`.execute(db);
  expect(rows).toEqual([{ valueCount: 200, overflowCount: 100, requestCount: 300 }]);
});

test("a rollback, sent in small deliveries, is a second interval, and older history is put before it", async () => {
  await record(delivery("a1", "a", 0, 200));
  await record(delivery("b1", "b", 200, 200));
  await record(delivery("a2", "a", 400, 200));
  await record(delivery("z", "z", -300, 200));
  expect(await intervals()).toEqual([
    "assistant z 200 of 200 first",
    "assistant a 200 of 200",
    "assistant b 200 of 200",
    "assistant a 200 of 200",
  ]);
});

const announcing: LedgerSettings = {
  ...noLedgerSettings,
  services: [
    {
      name: "Assistant",
      telemetryNames: ["assistant"],
      repositories: [],
      announcesUndeclared: true,
    },
  ],
};

async function effects(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from effect order by name`.execute(db);
  return rows.map(({ name }) => name);
}

test("a change wakes the open incidents of its service and is announced where the team wants it", async () => {
  const incidentId = await declareOne(db);
  await sql`update incident set service_name = 'Assistant' where id = ${incidentId}`.execute(db);
  await sql`truncate effect cascade`.execute(db);
  await record(delivery("d1", "m1", 0, 10), db, announcing);
  // the pin begins: nothing was known before, so nothing changed
  expect(await effects()).toEqual([]);
  await record(delivery("d2", "m2", 10, 10), db, announcing);
  expect(await effects()).toEqual(["announce-change", "read-ledger"]);
  await sql`truncate effect cascade`.execute(db);
  await record(delivery("d3", "m2", 20, 10), db, announcing);
  expect(await effects()).toEqual([]);
  // without a setting “Assistant” is “assistant” all the same, and nothing is announced
  await record(delivery("d4", "m3", 30, 10));
  expect(await effects()).toEqual(["read-ledger"]);
});

test("history that something newer stands behind is no news, and a pin that churns is not announced", async () => {
  await record(delivery("d1", "m1", 0, 10), db, announcing);
  await record(delivery("d2", "m1", 10_000, 10), db, announcing);
  await record(delivery("d3", "m2", 5_000, 10), db, announcing);
  expect(await effects()).not.toContain("announce-change");
  for (const nth of [1, 2, 3, 4, 5, 6]) {
    await record(delivery(`e${nth}`, `seed${nth}`, 10_020 + nth, 1), db, announcing);
  }
  expect((await effects()).filter((name) => name === "announce-change")).toHaveLength(3);
});
