// Goal: services come from the file, what was edited in Slack wins, and every difference is known and can
// be taken back; only full members edit, and only full members are named.
// Method: the import and the use cases on a real PostgreSQL.

import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { savePeople } from "#src/db/people.ts";
import {
  getService,
  listAllServiceOwners,
  listServices,
  lockServices,
  saveServiceIfMissing,
} from "#src/db/services.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import {
  differencesFromFile,
  ownerFor,
  type Service,
  type ServiceOwner,
} from "#src/domain/owners/service.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { UserId } from "#src/domain/person.ts";
import type { ServiceEntry, ServicesFile } from "#src/domain/services-file.ts";
import type { Log } from "#src/lib/log.ts";
import { createLog } from "#src/lib/log.ts";
import { declareIncident } from "#src/usecases/declare-incident.ts";
import { saveOwners, saveService, takeFileValue } from "#src/usecases/edit-services.ts";
import { importServices } from "#src/usecases/import-services.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { testDatabase } from "#test/support/database.ts";
import {
  colleague,
  contextOf,
  declarer,
  declareInput,
  guest,
  seedPeople,
  teamId,
} from "./support.ts";

const { db } = await testDatabase();
beforeEach(async () => {
  await db.deleteFrom("serviceOwner").execute();
  await db.deleteFrom("service").execute();
  await seedPeople(db);
});

const entry = (facts: Partial<ServiceEntry> = {}): ServiceEntry => ({
  name: "assistant",
  isDefault: true,
  promise: "Answers follow the rule in force",
  latencyObjectiveMs: 2500,
  owners: { model: { person: declarer, standIn: colleague }, infrastructure: { group: "S1" } },
  issuesRepo: "acme/search",
  ...facts,
});

/** Imports the file as a start does; the log lines of warnings. */
async function start(...services: ServiceEntry[]): Promise<Record<string, unknown>[]> {
  const warnings: Record<string, unknown>[] = [];
  const log = createLog("silent");
  const listening = Object.assign(Object.create(log) as Log, {
    warn: (facts: Record<string, unknown>) => warnings.push(facts),
  });
  const file: ServicesFile = { services, people: [], ledger: noLedgerSettings };
  await importServices({ db, log: listening, teamId }, file, async (id) => id as UserId);
  return warnings;
}

async function kept(name = "assistant") {
  const service = await getService(db, teamId, name);
  if (!service) throw new Error(`no service ${name}`);
  const owners = (await listAllServiceOwners(db, teamId, name)).get(name) ?? [];
  return { service, owners, differences: differencesFromFile(service, owners) };
}

const facts = (overrides: Partial<Service> = {}): Service => ({
  name: "assistant",
  isDefault: true,
  promise: "Answers follow the rule in force",
  latencyObjectiveMs: 2500,
  issuesRepo: "acme/search",
  postmortemRepo: null,
  postmortemPath: null,
  announceChannel: null,
  ...overrides,
});

const edit = (overrides: Partial<Service> = {}, seenEditedAt = 0) =>
  saveService(contextOf(db), { service: facts(overrides), isNew: false, seenEditedAt });

const named = (layer: LayerId, overrides: Partial<ServiceOwner>): ServiceOwner => ({
  ...ownerFor([], layer),
  ...overrides,
});

test("a service comes from the file with its owners, and does not differ from it", async () => {
  expect(await start(entry())).toEqual([]);
  const { service, owners, differences } = await kept();
  expect(service).toMatchObject({ ...facts(), editedAt: null, editedBy: null });
  expect(owners).toEqual(
    expect.arrayContaining([
      { layer: "model", userId: declarer, standInUserId: colleague, groupId: null },
      { layer: "infrastructure", userId: null, standInUserId: null, groupId: "S1" },
    ]),
  );
  expect(differences).toEqual([]);
});

test("of two people who add the first service at once, the second is told that the name is taken", async () => {
  const add = (promise: string) =>
    saveService(contextOf(db), { service: facts({ promise }), isNew: true, seenEditedAt: 0 });
  const second = await db.transaction().execute(async (trx) => {
    await lockServices(trx, teamId);
    let isOver = false;
    const adding = add("Another").finally(() => {
      isOver = true;
    });
    while (!isOver && !(await isAnybodyWaiting())) await new Promise(setImmediate);
    await saveServiceIfMissing(trx, teamId, facts({ promise: "One" }));
    return { adding };
  });
  expect(await second.adding).toMatchObject({
    ok: false,
    error: { code: "bad_field", field: "name" },
  });
  expect((await kept()).service.promise).toBe("One");
});

/** Whether a transaction of this database waits for another's lock. */
async function isAnybodyWaiting(): Promise<boolean> {
  const { rows } = await sql<{ isWaiting: boolean }>`
    select exists (select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock') as is_waiting`.execute(db);
  return rows[0]!.isWaiting;
}

test("what nobody edited follows the file at the next start, its owners and the default too", async () => {
  await start(entry(), entry({ name: "search", isDefault: false, owners: {} }));
  await start(
    entry({ isDefault: false, promise: "Another", owners: {} }),
    entry({ name: "search", isDefault: true }),
  );
  const { service, owners } = await kept();
  expect([service.promise, service.isDefault, owners]).toEqual(["Another", false, []]);
  expect((await listServices(db, teamId)).map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ["search", true],
    ["assistant", false],
  ]);
});

test("what was edited in Slack wins over the file, remembers who and when, and its differences are counted at start", async () => {
  await start(entry());
  const ctx = contextOf(db, { actor: { teamId, userId: colleague } });
  const saved = await saveService(ctx, {
    service: facts({ promise: "Mine", latencyObjectiveMs: null }),
    isNew: false,
    seenEditedAt: 0,
  });
  expect(saved).toMatchObject({ ok: true });
  expect(await start(entry({ issuesRepo: "acme/other" }))).toEqual([
    { differenceCount: 3, serviceCount: 1 },
  ]);
  const { service, differences } = await kept();
  expect(service).toMatchObject({
    promise: "Mine",
    issuesRepo: "acme/search",
    editedAt: ctx.now,
    editedBy: colleague,
  });
  expect(differences).toEqual(["promise", "latencyObjectiveMs", "issuesRepo"]);
});

test("a service that the file does not name any more stands, and differs from nothing", async () => {
  await start(entry());
  await edit({ promise: "Mine" });
  expect(await start()).toEqual([]);
  expect((await kept()).service).toMatchObject({ promise: "Mine", fromFile: null });
});

test("the default that was chosen in Slack stays the default whatever the file says", async () => {
  await start(entry(), entry({ name: "search", isDefault: false }));
  await edit({ name: "search", isDefault: true });
  expect((await kept()).service.isDefault).toBe(false);
  await start(entry(), entry({ name: "search", isDefault: false }));
  expect((await kept()).service.isDefault).toBe(false);
  expect((await kept("search")).differences).toEqual(["isDefault"]);
  // a service that is new in the file does not take it, either
  await start(entry({ name: "third" }));
  expect((await kept("third")).service.isDefault).toBe(false);
});

test("a value of the file is taken over, a field and an owner", async () => {
  await start(entry());
  await edit({ promise: "Mine" });
  const input = { serviceName: "assistant", owners: [named("model", { userId: colleague })] };
  const seenEditedAt = (await kept()).service.editedAt?.getTime() ?? 0;
  expect(await saveOwners(contextOf(db), { ...input, seenEditedAt })).toMatchObject({ ok: true });
  expect((await kept()).differences).toEqual(["promise", "owner:model"]);
  for (const value of ["promise", "owner:model"] as const) {
    const taken = await takeFileValue(contextOf(db), { serviceName: "assistant", value });
    expect(taken).toMatchObject({ ok: true });
  }
  const { service, owners, differences } = await kept();
  expect(differences).toEqual([]);
  expect(service.promise).toBe("Answers follow the rule in force");
  expect(ownerFor(owners, "model")).toMatchObject({ userId: declarer, standInUserId: colleague });
});

test("the same form sent twice is taken twice; one that did not see what somebody else changed is not", async () => {
  await start(entry());
  expect(await edit({ promise: "Mine" })).toMatchObject({ ok: true });
  expect(await edit({ promise: "Mine" })).toMatchObject({ ok: true });
  expect(await edit({ promise: "Other" })).toMatchObject({
    ok: false,
    error: { code: "stale", message: expect.stringContaining("so nothing was saved") },
  });
  expect((await kept()).service.promise).toBe("Mine");
});

test("a new service is added once; another of its name is refused at the name", async () => {
  const add = (overrides: Partial<Service>) =>
    saveService(contextOf(db), { service: facts(overrides), isNew: true, seenEditedAt: 0 });
  expect(await add({ name: "new" })).toMatchObject({ ok: true });
  expect((await kept("new")).service).toMatchObject({ isDefault: true, editedBy: declarer });
  expect(await add({ name: "new" })).toMatchObject({ ok: true });
  expect(await add({ name: "new", promise: "Other" })).toMatchObject({
    ok: false,
    error: { code: "bad_field", field: "name" },
  });
});

test("guests edit nothing, and guests, bots and deactivated people are not named; strangers are looked up", async () => {
  await start(entry());
  const asGuest = contextOf(db, { actor: { teamId, userId: guest } });
  const input = { service: facts({ promise: "Mine" }), isNew: false, seenEditedAt: 0 };
  expect(await saveService(asGuest, input)).toMatchObject({
    ok: false,
    error: { code: "not_allowed" },
  });
  const bot = "U-BOT" as UserId;
  const gone = "U-GONE" as UserId;
  const plain = { displayName: "x", isGuest: false, isDeactivated: false, isBot: false };
  await savePeople(db, teamId, [
    { ...plain, userId: bot, isBot: true },
    { ...plain, userId: gone, isDeactivated: true },
  ]);
  const name = (overrides: Partial<ServiceOwner>) =>
    saveOwners(contextOf(db), {
      serviceName: "assistant",
      owners: [named("model", overrides)],
      seenEditedAt: 0,
    });
  for (const userId of [guest, bot, gone]) {
    expect(await name({ userId })).toMatchObject({
      ok: false,
      error: {
        code: "bad_field",
        field: "owner:model",
        message: expect.stringMatching(/could not answer for Model\. Name a full member\.$/),
      },
    });
    expect(await name({ userId: declarer, standInUserId: userId })).toMatchObject({
      error: { field: "stand_in:model" },
    });
  }
  expect((await kept()).differences).toEqual([]);
  const stranger = "U-STRANGER" as UserId;
  expect(await name({ userId: stranger })).toMatchObject({ ok: true });
  const lookUps = db
    .selectFrom("effect")
    .select("id")
    .where("key", "=", `look-up-person:${stranger}`);
  expect(await lookUps.execute()).toHaveLength(1);
});

test("an incident has the owners that its service has at its declaration, stand-ins too, and keeps them", async () => {
  await start(entry());
  const declared = await declareIncident(contextOf(db), declareInput());
  if (!declared.ok || declared.value.incidentId === null) throw new Error("not declared");
  await saveOwners(contextOf(db), {
    serviceName: "assistant",
    owners: layerIds.map((layer) => ownerFor([], layer)),
    seenEditedAt: 0,
  });
  expect((await kept()).owners).toEqual([]);
  const { owners } = await getIncidentState(db, declared.value.incidentId);
  expect(
    owners.map(({ layer, userId, standInUserId, groupId }) => [
      layer,
      userId,
      standInUserId,
      groupId,
    ]),
  ).toEqual([
    ["model", declarer, colleague, null],
    ["infrastructure", null, null, "S1"],
  ]);
});
