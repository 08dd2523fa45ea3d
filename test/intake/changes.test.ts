// Goal: what a team declares is kept once, whole or not at all, and every fault is told at its place.
// Method: the route on a real PostgreSQL, with the bodies that people and CI jobs send.

import { beforeAll, beforeEach, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { type LedgerSettings, noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { changes } from "#src/intake/changes.ts";
import { createLog } from "#src/lib/log.ts";
import { declareIncident } from "#src/usecases/declare-incident.ts";
import { testDatabase } from "#test/support/database.ts";
import { contextOf, declareInput, seedPeople, teamId } from "#test/usecases/support.ts";

const { db, url } = await testDatabase();
const log = createLog("silent");
const now = new Date("2026-03-09T09:20:00Z");

beforeAll(async () => {
  await prepareJobs(url, log);
  await seedPeople(db);
});
beforeEach(async () => {
  await db.deleteFrom("ledgerService").execute();
  await db.deleteFrom("declaredChange").execute();
  await db.deleteFrom("changeSourceMark").execute();
  await db.deleteFrom("effect").execute();
});

/** Sends a body, as JSON unless it is text, and reads the answer. */
async function send(body: unknown, at = now, settings = noLedgerSettings) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await changes.answer(
    { db, teamId, now: at, log, settings },
    { body: Buffer.from(text), contentType: "application/json", query: new URLSearchParams() },
  );
  return { status: answer.status, ...(JSON.parse(String(answer.body)) as Record<string, unknown>) };
}

const seeService = (service: string) =>
  db
    .insertInto("ledgerService")
    .values({
      teamId,
      service,
      requestCount: 1,
      firstSeenAt: now,
      lastSeenAt: now,
      receivedAt: now,
    })
    .execute();
const kept = () => db.selectFrom("declaredChange").selectAll().orderBy("key").execute();

const one = {
  key: "deploy-41",
  service: "assistant",
  at: "2026-03-09T10:00:00+02:00",
  kind: "prompt",
  summary: "Shorter refund answer",
  link: "https://github.com/acme/assistant/pull/41",
  declared_by: "ada",
  sets: { "app.prompt.version": 41 },
};

test("a change is kept with everything that was said of it, and the layer of its kind", async () => {
  await seeService("assistant");
  expect(await send(one)).toEqual({
    status: 201,
    recorded: 1,
    updated: 0,
    known: 0,
    keys: ["deploy-41"],
  });
  expect(await kept()).toEqual([
    {
      teamId,
      key: "deploy-41",
      service: "assistant",
      at: new Date("2026-03-09T08:00:00Z"),
      untilAt: null,
      kind: "prompt",
      layer: "prompt_policy",
      summary: "Shorter refund answer",
      link: "https://github.com/acme/assistant/pull/41",
      source: "api",
      declaredBy: "ada",
      sets: { "app.prompt.version": "41" },
      recordedAt: expect.any(Date),
    },
  ]);
});

test("the same again changes nothing, and other content under the key replaces it and says so", async () => {
  await send(one);
  const before = await kept();
  expect(await send(one, new Date("2026-03-10T00:00:00Z"))).toMatchObject({
    status: 200,
    known: 1,
    recorded: 0,
    updated: 0,
  });
  expect(await kept()).toEqual(before);
  expect(await send({ ...one, summary: "Longer refund answer" })).toMatchObject({
    status: 200,
    updated: 1,
    known: 0,
  });
  expect((await kept()).map(({ summary }) => summary)).toEqual(["Longer refund answer"]);
});

test("a change without a time happened when it came in first, however often it is sent", async () => {
  const { at: _at, ...timeless } = one;
  await send(timeless);
  expect(await send(timeless, new Date("2026-03-09T12:00:00Z"))).toMatchObject({ known: 1 });
  expect((await kept())[0]?.at).toEqual(now);
});

test("a change without a key has one of its content", async () => {
  const { key: _key, ...nameless } = one;
  const first = await send(nameless);
  expect(first).toMatchObject({
    recorded: 1,
    keys: [expect.stringMatching(/^change:[0-9a-f]{16}$/)],
  });
  expect(await send(nameless)).toMatchObject({ known: 1, keys: first["keys" as never] });
  expect(await send({ ...nameless, summary: "Another" })).toMatchObject({ recorded: 1 });
});

test("a list, an envelope and lines hold the same changes", async () => {
  const two = { ...one, key: "deploy-42", sets: {} };
  expect(await send([one, two])).toMatchObject({ status: 201, recorded: 2 });
  expect(await send({ changes: [one, two] })).toMatchObject({ status: 200, known: 2 });
  const lines = `${JSON.stringify(one)}\n\n${JSON.stringify(two)}\n`;
  expect(await send(lines)).toMatchObject({
    status: 200,
    known: 2,
    keys: ["deploy-41", "deploy-42"],
  });
  expect(await send("")).toMatchObject({ status: 200, recorded: 0, keys: [] });
});

test("a key that comes twice in one request counts as if it had come one after the other", async () => {
  const other = { ...one, summary: "Longer refund answer" };
  expect(await send([one, one, other])).toMatchObject({ recorded: 1, known: 1, updated: 1 });
  expect((await kept()).map(({ summary }) => summary)).toEqual(["Longer refund answer"]);
});

test("any fault keeps everything out, and each is told at its place", async () => {
  const answer = await send([
    one,
    { ...one, at: "yesterday", layer: "retreival_data" },
    { ...one, kind: "promt", sumary: "x" },
    { ...one, kind: "config" },
    { ...one, at: "1970-01-21T00:00:00Z", until: "2026-03-01T00:00:00Z", link: "javascript:1" },
    "a word",
  ]);
  expect(answer).toMatchObject({
    status: 400,
    error: expect.stringMatching(/^Nothing was recorded/),
  });
  expect(await kept()).toEqual([]);
  const faults = (
    answer as unknown as { faults: { index: number; field: string; message: string }[] }
  ).faults;
  expect(faults.map(({ index, field, message }) => `${index} ${field}: ${message}`)).toEqual([
    "1 at: must be a time with its offset, such as 2026-03-09T09:20:00Z",
    "1 layer: is no layer (did you mean retrieval_data?); the layers are model, retrieval_data, prompt_policy, orchestration_tools, integration_ui, infrastructure",
    "2 sumary: is not known here; did you mean summary?",
    '3 layer: must be given, because "config" happens in every layer: one of model, retrieval_data, prompt_policy, orchestration_tools, integration_ui, infrastructure',
    "4 link: must be an address that begins with https:// or http://",
    "5 : must be an object with kind and summary",
  ]);
});

test("a body that is no JSON, no object or too much is refused in a sentence", async () => {
  expect(await send('{"key": ')).toMatchObject({
    status: 400,
    error: expect.stringMatching(/^Line 1 of the body is no JSON/),
  });
  expect(await send("7")).toMatchObject({
    status: 400,
    error: expect.stringMatching(/^The body must be a change/),
  });
  expect(await send({ changes: {} })).toMatchObject({
    status: 400,
    error: expect.stringMatching(/must be lists/),
  });
  expect(await send({ changes: [], pins: [] })).toMatchObject({
    status: 400,
    error: expect.stringMatching(/: pins\./),
  });
  const many = Array.from({ length: 1_001 }, (_, nth) => ({ ...one, key: `k${nth}` }));
  expect(await send(many)).toMatchObject({
    status: 413,
    error: expect.stringMatching(/1000 .* 1001/),
  });
  const answer = await changes.answer(
    { db, teamId, now, log, settings: noLedgerSettings },
    {
      body: Buffer.from([0x7b, 0xff, 0x7d]),
      contentType: "application/json",
      query: new URLSearchParams(),
    },
  );
  expect(answer).toMatchObject({ status: 400, body: expect.stringMatching(/UTF-8/) });
});

test("a thousand changes at once are kept, and two senders of the same ones keep them once", async () => {
  const many = Array.from({ length: 1_000 }, (_, nth) => ({ ...one, key: `k${nth}` }));
  const [first, second] = await Promise.all([send(many), send(many.toReversed())]);
  const sum = (field: "recorded" | "known") =>
    Number(first[field as never]) + Number(second[field as never]);
  expect([sum("recorded"), sum("known")]).toEqual([1_000, 1_000]);
  expect(await kept()).toHaveLength(1_000);
});

test("open incidents of the service look at the ledger, and of every service where none is named", async () => {
  await db.insertInto("service").values({ teamId, name: "billing", isDefault: false }).execute();
  const declared = await declareIncident(contextOf(db), declareInput({ serviceName: "billing" }));
  if (!declared.ok) throw new Error("not declared");
  const looks = async () => {
    const rows = await db.selectFrom("effect").select("name").execute();
    await db.deleteFrom("effect").execute();
    return rows.filter(({ name }) => name === "read-ledger").length;
  };
  await looks();
  await send(one);
  expect(await looks()).toBe(0);
  const { service: _service, ...everywhere } = one;
  await send({ ...everywhere, key: "k2" });
  expect(await looks()).toBe(1);
  await send({ ...everywhere, key: "k2" });
  expect(await looks()).toBe(0);
});

test("a service that neither Slack nor telemetry nor an earlier change knows is named, and its change kept", async () => {
  await seeService("assistant");
  const { service: _service, ...everywhere } = one;
  const mistyped = { ...one, key: "k2", service: "assistent" };
  const told = {
    recorded: 2,
    unknown_services: ["assistent"],
    note: "No other change, no telemetry and no service in Slack has the name “assistent”. Did you mean assistant? It was recorded as it is. Where a name is wrong, send the change again with its key and the right name; where it is new, nothing is to be done.",
  };
  expect(await send([mistyped, { ...everywhere, key: "k3" }])).toMatchObject({
    status: 201,
    ...told,
  });
  expect((await kept()).map(({ service }) => service)).toEqual(["assistent", null]);
  // the same again, since an answer may be lost
  expect(await send(mistyped)).toMatchObject({ known: 1, unknown_services: ["assistent"] });
  expect(await send({ ...mistyped, service: "assistant" })).not.toHaveProperty("note");
});

test("a service is known by an earlier change, in Slack, and by every name that the services file gives it", async () => {
  await send({ ...one, key: "k1", service: "billing" });
  expect(await send({ ...one, key: "k2", service: "billing" })).not.toHaveProperty("note");
  const settings: LedgerSettings = {
    ...noLedgerSettings,
    services: [
      {
        name: "Policy helper",
        telemetryNames: ["policy-api"],
        repositories: [],
        announcesUndeclared: false,
      },
    ],
  };
  for (const [at, service] of ["Policy helper", "policy-helper", "policy-api"].entries()) {
    expect(await send({ ...one, key: `p${at}`, service }, now, settings)).not.toHaveProperty(
      "note",
    );
  }
});

test("marks of services that nobody knows are named too, and many names are counted", async () => {
  const mark = {
    layer: "infrastructure",
    from: "2026-03-08T00:00:00Z",
    to: "2026-03-09T09:00:00Z",
    source: "Argo CD",
    marked_by: "platform team",
  };
  const complete = Array.from({ length: 12 }, (_, nth) => ({
    ...mark,
    service: `odd-${nth}-name`,
  }));
  const answer = await send({ complete });
  expect(answer).toMatchObject({ status: 201, marked: 12, unknown_services: { length: 12 } });
  expect(answer).toMatchObject({
    note: expect.stringMatching(
      /has the names “odd-0-name”, “odd-1-name” and “odd-2-name” and 9 more\. They were recorded/,
    ),
  });
});

test("a record is marked complete for a window, once, and not for what is still to come", async () => {
  const mark = {
    layer: "infrastructure",
    from: "2026-03-08T00:00:00Z",
    to: "2026-03-09T09:00:00Z",
    source: "Argo CD",
    marked_by: "platform team",
  };
  expect(await send({ complete: [mark] })).toMatchObject({ status: 201, marked: 1, recorded: 0 });
  expect(await send({ complete: [mark] })).toMatchObject({ status: 200, marked: 0 });
  expect(await db.selectFrom("changeSourceMark").selectAll().execute()).toMatchObject([
    { service: null, layer: "infrastructure", source: "Argo CD", markedAt: now },
  ]);
  expect(
    await send({
      changes: [one],
      complete: [{ ...mark, to: "2026-04-01T00:00:00Z", marked_by: undefined }],
    }),
  ).toMatchObject({
    status: 400,
    faults: [{ index: 0, field: "complete.marked_by", message: "is missing" }],
  });
  expect(await send({ complete: [{ ...mark, to: "2026-04-01T00:00:00Z" }] })).toMatchObject({
    status: 400,
    faults: [{ index: 0, field: "complete.to", message: expect.stringMatching(/still to come/) }],
  });
  expect(await kept()).toEqual([]);
});
