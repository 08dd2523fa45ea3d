// Goal: what the ledger holds of an incident's window is in its timeline without anybody asking, once, and goes back to when
// it last worked with one press. Method: use cases and the real handler over a real database, Slack kept in memory.

import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { saveGoldenRun } from "#src/db/golden-runs.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { saveServiceIfMissing } from "#src/db/services.ts";
import { findBrokenEntry, listTimeline } from "#src/db/timeline.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { layerState } from "#src/domain/layer-state.ts";
import { createLog } from "#src/lib/log.ts";
import { addChange } from "#src/usecases/add-change.ts";
import { declareIncident } from "#src/usecases/declare-incident.ts";
import { markSource } from "#src/usecases/mark-source.ts";
import { recordChanges } from "#src/usecases/record-changes.ts";
import { widenScan } from "#src/usecases/widen-scan.ts";
import { testDatabase } from "#test/support/database.ts";
import { contextOf, declareInput, seedPeople, teamId } from "#test/usecases/support.ts";
import { handling } from "./handling.ts";
import { OutsideSlack } from "./outside.ts";
import { effectRows } from "./support.ts";

const { db, url } = await testDatabase();
const { drain } = handling(db);
const noticedAt = new Date("2026-03-09T09:10:00Z");
let slack: OutsideSlack;

beforeAll(async () => {
  await prepareJobs(url, createLog("silent"));
  await seedPeople(db);
});
beforeEach(() => {
  slack = new OutsideSlack();
});
afterEach(async () => {
  const unfinished = (await effectRows(db, "read-ledger")).filter(({ state }) => state !== "done");
  expect(unfinished).toEqual([]);
  await db.deleteFrom("effect").execute();
  await db.deleteFrom("declaredChange").execute();
});

let services = 0;

/** An incident of a service of its own, noticed at 09:10 and declared ten minutes later. */
async function incidentOfService(): Promise<{ id: IncidentId; service: string }> {
  services += 1;
  const service = `assistant ${services}`;
  await saveServiceIfMissing(db as never, teamId, {
    name: service,
    isDefault: false,
    promise: null,
    latencyObjectiveMs: null,
    issuesRepo: null,
    postmortemRepo: null,
    postmortemPath: null,
    announceChannel: null,
  });
  const input = declareInput({ serviceName: service, noticedAt });
  const declared = await declareIncident(contextOf(db), input);
  if (!declared.ok || declared.value.incidentId === null) throw new Error("not declared");
  return { id: declared.value.incidentId, service };
}

async function declare(service: string | null, key: string, at: string): Promise<void> {
  const change = {
    key,
    service,
    at: new Date(at),
    until: null,
    kind: "deploy",
    layer: "integration_ui" as const,
    summary: `release ${key}`,
    link: null,
    declaredBy: "deploy-bot",
    sets: {},
  };
  const ledger = { db, teamId, now: new Date(), settings: noLedgerSettings };
  await recordChanges(ledger, [change], { source: "api" });
}

async function keysOf(id: IncidentId): Promise<string[]> {
  return (await getIncidentState(db, id)).ledgerChanges.map(({ key }) => key);
}

test("what was declared before the incident is found at its declaration, and only in its window", async () => {
  const { service } = await incidentOfService();
  await declare(service, "weeks before", "2026-02-01T08:00:00Z");
  await declare(service, "in the window", "2026-03-09T08:00:00Z");
  await declare(service, "after it was noticed", "2026-03-09T09:15:00Z");
  await declare("another service", "elsewhere", "2026-03-09T08:00:00Z");
  const input = declareInput({ serviceName: service, noticedAt });
  const declared = await declareIncident(contextOf(db), input);
  const id = (declared.ok && declared.value.incidentId) as IncidentId;
  await drain(slack);
  expect(await keysOf(id)).toEqual(["in the window"]);
  const entries = (await listTimeline(db, id)).filter(({ lane }) => lane === "control_plane");
  expect(entries).toMatchObject([
    { kind: "change_found", happenedAt: new Date("2026-03-09T08:00:00Z") },
  ]);
  expect(await findBrokenEntry(db, id)).toBeUndefined();
});

test("what is declared while it is open comes into its timeline by itself, once", async () => {
  const { id, service } = await incidentOfService();
  await drain(slack);
  await declare(service, "late", "2026-03-09T07:00:00Z");
  await declare(service, "late", "2026-03-09T07:00:00Z");
  await declare(null, "of every service", "2026-03-09T08:00:00Z");
  await drain(slack);
  expect(await keysOf(id)).toEqual(["late", "of every service"]);
});

test("one press goes back to the newest golden run without a failure from before the onset", async () => {
  const { id, service } = await incidentOfService();
  await declare(service, "weeks before", "2026-02-20T08:00:00Z");
  await drain(slack);
  const press = () =>
    widenScan(contextOf(db), { incidentId: id, lastKnownGoodAt: null, basis: null });
  expect(await press()).toMatchObject({ ok: false, error: { field: "last_known_good" } });
  await db.transaction().execute((trx) =>
    saveGoldenRun(
      trx,
      teamId,
      {
        service,
        digest: `run of ${service}`,
        ranAt: new Date("2026-02-19T06:00:00Z"),
        format: "junit",
        total: 20,
        failed: 0,
        errors: 0,
        pins: [],
        cases: [],
        link: null,
      },
      new Date(),
    ),
  );
  expect(await press()).toMatchObject({ ok: true });
  expect(await keysOf(id)).toEqual(["weeks before"]);
  const { incident } = await getIncidentState(db, id);
  expect(incident.lastKnownGoodAt).toEqual(new Date("2026-02-19T06:00:00Z"));
  await drain(slack);
});

test("R4: a mark in the incident counts there, and stands in the ledger", async () => {
  const { id, service } = await incidentOfService();
  await drain(slack);
  expect(await markSource(contextOf(db), markOf(id))).toMatchObject({ ok: true });
  const state = await getIncidentState(db, id);
  expect(state.sourceMarks).toMatchObject([{ layer: "model", source: "the provider's notes" }]);
  expect(layerState(state, 1, "model")).toBe("unexamined");
  const marks = db.selectFrom("changeSourceMark").select("layer").where("service", "=", service);
  expect(await marks.execute()).toEqual([{ layer: "model" }]);
  await drain(slack);
});

const typed = (incidentId: IncidentId, summary: string) => ({
  incidentId,
  at: new Date("2026-03-09T08:30:00Z"),
  kind: "config",
  layer: "infrastructure" as const,
  summary,
  link: null,
});

test("a change that somebody writes down is in the timeline at once, and in the ledger of its service", async () => {
  const { id, service } = await incidentOfService();
  await drain(slack);
  expect(await addChange(contextOf(db), typed(id, "Somebody lowered a timeout"))).toMatchObject({
    ok: true,
  });
  expect(await keysOf(id)).toHaveLength(1);
  const kept = db.selectFrom("declaredChange").select("summary").where("service", "=", service);
  expect(await kept.execute()).toEqual([{ summary: "Somebody lowered a timeout" }]);
  await drain(slack);
  expect((await getIncidentState(db, id)).ledgerChanges).toMatchObject([{ withdrawnAt: null }]);
});

test("of an incident without a service it stays in that incident, and is nobody else's", async () => {
  const declared = await declareIncident(contextOf(db), declareInput({ noticedAt }));
  const id = (declared.ok && declared.value.incidentId) as IncidentId;
  const { id: other } = await incidentOfService();
  await drain(slack);
  expect(await addChange(contextOf(db), typed(id, "a timeout"))).toMatchObject({ ok: true });
  expect(await markSource(contextOf(db), markOf(id))).toMatchObject({ ok: true });
  await drain(slack);
  expect(await keysOf(id)).toHaveLength(1);
  expect(await keysOf(other)).toEqual([]);
  expect((await getIncidentState(db, other)).sourceMarks).toEqual([]);
  expect(await db.selectFrom("declaredChange").select("key").execute()).toEqual([]);
});

function markOf(incidentId: IncidentId) {
  return { incidentId, layers: ["model" as const], source: "the provider's notes" };
}
