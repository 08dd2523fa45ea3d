// Goal: `/incident readiness` reads what the ledger has of a service under all its names, and of no other, and
// says which service is meant, or which there are.
// Method: rows on a real database, the command run as the edge runs it.
import { beforeAll, expect, test } from "vitest";
import { readiness } from "#commands/readiness.ts";
import { findReadinessFacts } from "#src/db/readiness.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { Context } from "#src/usecases/context.ts";
import { testDatabase } from "#test/support/database.ts";
import { contextOf, declareOne, declarer, guest, seedPeople, teamId } from "./support.ts";

const { db } = await testDatabase();
const seenAt = new Date("2026-03-09T09:10:00Z");
const earlier = new Date("2026-03-07T09:10:00Z");
const ledger: LedgerSettings = {
  ...noLedgerSettings,
  services: [
    {
      name: "Policy helper",
      telemetryNames: ["assistant", "assistant-canary"],
      repositories: [],
      announcesUndeclared: false,
    },
  ],
};

beforeAll(() => seedPeople(db));

/** The same rows again for another team or service must not be seen. */
async function seed(team: string, service: string): Promise<void> {
  const seen = { firstSeenAt: earlier, lastSeenAt: seenAt, requestCount: 900 };
  await db
    .insertInto("ledgerService")
    .values({ teamId: team, service, ...seen, receivedAt: seenAt })
    .execute();
  const { id: pinId } = await db
    .insertInto("pin")
    .values({
      teamId: team,
      service,
      layer: "retrieval_data",
      pin: "index",
      ...seen,
      valueCount: 2,
      overflowCount: 4,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const interval = {
    pinId,
    source: "app.index.version",
    firstSeenAt: earlier,
    requestCount: 450,
    fromCount: 0,
    toCount: 450,
    sampleTraceIds: [],
    recordedAt: seenAt,
  };
  await db
    .insertInto("pinInterval")
    .values([
      { ...interval, value: "idx-1", isDerived: true, lastSeenAt: earlier, isFirst: true },
      {
        ...interval,
        value: `idx-2 of ${service}`,
        isDerived: false,
        lastSeenAt: seenAt,
        isFirst: false,
      },
    ])
    .execute();
  const change = { teamId: team, at: earlier, kind: "prompt", layer: "prompt_policy" };
  await db
    .insertInto("declaredChange")
    .values({
      ...change,
      key: `${service}-1`,
      service,
      summary: "wording",
      source: "api",
      recordedAt: seenAt,
    })
    .execute();
  await db
    .insertInto("changeSourceMark")
    .values({
      teamId: team,
      service,
      layer: "infrastructure",
      fromAt: earlier,
      toAt: seenAt,
      source: "the deploy log",
      markedBy: declarer,
      markedAt: seenAt,
    })
    .execute();
}

function run(text: string, overrides: Partial<Context> = {}, incidentId?: IncidentId) {
  const ctx = contextOf(db, overrides);
  const settings = { ...ctx.settings, ledger };
  const about = incidentId === undefined ? {} : { incidentId };
  return readiness.run({ ...ctx, settings }, { text, ...about });
}
const textOf = async (text: string, overrides: Partial<Context> = {}) => {
  const reply = await run(text, overrides);
  return reply.kind === "ephemeral" ? reply.text : reply.kind;
};

test("without any service it is said how to begin", async () => {
  expect(await textOf("")).toBe(
    "No service is set up, and nothing has come in from machines yet. `/incident owners` adds a service; then point its OpenTelemetry exporter at /v1/traces.",
  );
});

test("what counts is what came under any name of the service, and what is of every service", async () => {
  await seed(teamId, "assistant");
  await seed(teamId, "other");
  await seed("T2", "assistant");
  await db
    .insertInto("declaredChange")
    .values({
      teamId,
      key: "all-1",
      service: null,
      at: seenAt,
      kind: "policy",
      layer: "prompt_policy",
      summary: "for all",
      source: "api",
      recordedAt: seenAt,
    })
    .execute();
  const names = ["Policy helper", "assistant", "assistant-canary"];
  const facts = await findReadinessFacts(db, { teamId, service: "Policy helper", names });
  expect(facts).toEqual({
    service: "Policy helper",
    telemetry: { requests: 900, firstSeenAt: earlier, lastSeenAt: seenAt },
    pins: [
      {
        layer: "retrieval_data",
        pin: "index",
        lastSeenAt: seenAt,
        requests: 900,
        values: 2,
        overflow: 4,
        value: "idx-2 of assistant",
        isDerived: false,
      },
    ],
    declared: [{ layer: "prompt_policy", count: 2, newestAt: seenAt }],
    marks: [
      {
        service: "assistant",
        layer: "infrastructure",
        from: earlier,
        to: seenAt,
        source: "the deploy log",
        markedBy: declarer,
        markedAt: seenAt,
      },
    ],
    goldenRun: null,
    baseline: null,
  });
});

test("no service typed among several: they are listed; one that is nearly right: did you mean", async () => {
  expect(await textOf("")).toBe(
    "Say which service, for example `/incident readiness assistant`. There is `assistant` and `other`.",
  );
  expect(await textOf("asistant")).toBe(
    "There is no service called `asistant`. Did you mean `/incident readiness assistant`?",
  );
  expect(await textOf("<!channel>`x")).toBe(
    "There is no service called `&lt;!channel&gt;x`. There is `assistant` and `other`.",
  );
});

test("the one that is typed, in whatever case, or else the default one", async () => {
  expect(await textOf("ASSISTANT")).toMatch(
    /^assistant: “did it change\?” could be answered today/,
  );
  await db
    .insertInto("service")
    .values({ teamId, name: "Policy helper", isDefault: true })
    .execute();
  expect(await textOf("")).toMatch(
    /^Policy helper: “did it change\?” could be answered today for 1/,
  );
});

test("in an incident's channel it is the incident's service; a guest sees nothing", async () => {
  const incidentId = await declareOne(db);
  await db
    .updateTable("incident")
    .set({ serviceName: "other" })
    .where("id", "=", incidentId)
    .execute();
  const reply = await run("", {}, incidentId);
  expect(reply.kind === "ephemeral" && reply.text).toMatch(/^other: /);
  expect(await textOf("", { actor: { teamId, userId: guest } })).toMatch(/^Guests cannot/);
});
