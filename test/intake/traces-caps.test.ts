// Goal: names that are made up, delivery after delivery, do not fill the ledger, and whoever sends them is told;
// what is known already goes on being counted. Method: a real server on a real database, filled up to its caps
// with rows that are written directly; two senders at once for the last place.

import { sql } from "kysely";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { type Database, openDatabase } from "#src/db/open.ts";
import { createLog } from "#src/lib/log.ts";
import { pinsAtMost, servicesAtMost } from "#src/usecases/record-sightings.ts";
import { testDatabase } from "#test/support/database.ts";
import { withToken } from "./open-door.ts";
import { keptOf, modelCall, openTraces, requestOf, requestsOf } from "./traces-door.ts";

const { db, url: databaseUrl } = await testDatabase();
const served = { "gen_ai.response.model": "gpt-5-0807" };

afterEach(async () => {
  await sql`truncate ledger_service, pin, pin_interval, trace_delivery cascade`.execute(db);
});

async function fillServices(count: number): Promise<void> {
  await sql`insert into ledger_service
      (team_id, service, first_seen_at, last_seen_at, request_count, received_at)
    select 'TTRACES', 'service-' || n, now(), now(), 1, now()
    from generate_series(1, ${count}::integer) n`.execute(db);
}

async function fillPins(service: string, count: number): Promise<void> {
  await sql`insert into pin (team_id, service, layer, pin, first_seen_at, last_seen_at, request_count,
      value_count)
    select 'TTRACES', ${service}, 'prompt_policy', 'made-up-' || n, now(), now(), 1, 0
    from generate_series(1, ${count}::integer) n`.execute(db);
}

async function anotherPool(): Promise<Database> {
  const pool = await openDatabase({ url: databaseUrl, log: createLog("silent") });
  onTestFinished(() => pool.destroy());
  return pool;
}

/** Sends it as JSON, and returns the warning: how many spans were not taken, and why. */
async function send(url: string, request: object) {
  const headers = { ...withToken, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(request) });
  const { partialSuccess } = (await response.json()) as {
    partialSuccess?: { rejectedSpans: string; errorMessage: string };
  };
  return { status: response.status, ...partialSuccess };
}

async function countServices(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from ledger_service`.execute(db);
  return rows[0]?.count ?? 0;
}

test("a service over the cap is not kept, and its spans are told as not taken; known ones go on", async () => {
  const url = await openTraces(db);
  await fillServices(servicesAtMost - 1);
  expect(await send(url, requestOf("the-last", [modelCall(served)]))).toEqual({ status: 200 });
  const spans = [modelCall(served), modelCall(served)];
  const both = {
    resourceSpans: [
      ...requestOf("one-too-many", spans).resourceSpans,
      ...requestOf("service-7", [modelCall(served)]).resourceSpans,
    ],
  };
  const answer = await send(url, both);
  expect(answer).toMatchObject({ status: 200, rejectedSpans: "2" });
  expect(answer.errorMessage).toContain("2 spans of services that are new: 1000 are kept already");
  expect(answer.errorMessage).toContain("same service.name");
  expect(await requestsOf(db, "one-too-many")).toBeUndefined();
  expect(await keptOf(db, "one-too-many")).toEqual([]);
  expect(await requestsOf(db, "service-7")).toBe(2);
  expect(await countServices()).toBe(servicesAtMost);
});

test("where several want the last place of a service at once, one of them has it", async () => {
  // each has a pool of its own: they do not write in one transaction
  const pools = [db, await anotherPool(), await anotherPool()];
  const urls = await Promise.all(pools.map((pool) => openTraces(pool)));
  await fillServices(servicesAtMost - 1);
  const answers = await Promise.all(
    urls.map((url, n) => send(url, requestOf(`new-${n}`, [modelCall(served)]))),
  );
  const rejected = answers.map((one) => one.rejectedSpans ?? "0");
  expect(rejected.toSorted()).toEqual(["0", "1", "1"]);
  expect(await countServices()).toBe(servicesAtMost);
});

test("a pin over the cap of its service is not kept, and told as a warning; known ones go on", async () => {
  const url = await openTraces(db);
  await send(url, requestOf("assistant", [modelCall(served)]));
  await fillPins("assistant", pinsAtMost - 2);
  const call = modelCall({ ...served, "app.prompt.version": "p1", "app.router.version": "r1" });
  const answer = await send(url, requestOf("assistant", [call]));
  expect(answer).toMatchObject({ status: 200, rejectedSpans: "0" });
  expect(answer.errorMessage).toContain("is not kept, as 300 other versions of this service are");
  const kept = await keptOf(db, "assistant");
  expect(kept.find(({ pin }) => pin === "model.served")).toMatchObject({ requests: 2 });
  expect(kept).toHaveLength(2);
  // another service has room of its own
  expect(await send(url, requestOf("search", [call]))).toEqual({ status: 200 });
  expect(await keptOf(db, "search")).toHaveLength(3);
});
