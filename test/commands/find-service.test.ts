// Goal: the service that is meant is found however it is written: between quotes, as machines name it, or as
// the services file gives its names; so that what was declared under one name is not missed under another.
// Method: rows on a real database, `versions` and `readiness` run as the edge runs them.

import type { SectionBlock } from "@slack/types";
import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { readiness } from "#commands/readiness.ts";
import { versions } from "#commands/versions.ts";
import { type LedgerSettings, noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { createLog } from "#src/lib/log.ts";
import { recordSightings } from "#src/usecases/record-sightings.ts";
import { testDatabase } from "#test/support/database.ts";
import { seenPin, sightingsOf } from "#test/support/sightings.ts";
import { contextOf, seedPeople, teamId } from "#test/usecases/support.ts";

const { db } = await testDatabase();
const now = contextOf(db).now;
const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const ledger: LedgerSettings = {
  ...noLedgerSettings,
  services: ["Assistant", "Travel assistant"].map((name) => ({
    name,
    telemetryNames: name === "Assistant" ? ["answers-api", "gateway"] : ["gateway"],
    repositories: [],
    announcesUndeclared: false,
  })),
};

beforeEach(async () => {
  await seedPeople(db);
  await sql`truncate service, ledger_service, pin, pin_interval, trace_delivery,
    declared_change cascade`.execute(db);
  await db
    .insertInto("service")
    .values([
      { teamId, name: "Assistant", isDefault: true },
      { teamId, name: "Travel assistant", isDefault: false },
    ])
    .execute();
});

/** The model that answers changed three hours ago under the name of a machine's, and was declared under Slack's. */
async function change(telemetryName: string, declaredFor: string): Promise<void> {
  const seen = (hours: number, value: string) => ({
    at: before(hours),
    traceId: `${hours}`,
    pins: [seenPin("model.served", "model", value)],
  });
  const ctx = {
    db,
    teamId,
    receivedAt: new Date(),
    log: createLog("silent"),
    settings: noLedgerSettings,
  };
  await recordSightings(ctx, {
    digest: telemetryName,
    services: [sightingsOf(telemetryName, [seen(40, "m-1"), seen(3, "m-2"), seen(1, "m-2")])],
  });
  await sql`insert into declared_change
      (team_id, key, service, at, kind, layer, summary, source, recorded_at)
    values (${teamId}, 'c-1', ${declaredFor}, ${before(3)}, 'model_rollout', 'model', 'New model',
      'api', ${now})`.execute(db);
}

const ctxOf = () => {
  const ctx = contextOf(db);
  return { ...ctx, settings: { ...ctx.settings, ledger } };
};

/** The first line of the versions and the service they are of; or what is said instead. */
async function asked(text: string): Promise<string> {
  const reply = await versions.run(ctxOf(), { text });
  if (reply.kind !== "modal") return reply.kind === "ephemeral" ? (reply.text ?? "") : reply.kind;
  const [answer, about] = reply.view.blocks;
  return `${(answer as SectionBlock).text?.text} ${JSON.stringify(about)}`;
}

test.each(["answers-api", "ANSWERS-API", "assistant", "“Assistant” 48h", "answers-api 2d"])(
  "“versions %s” is about the service of Slack's, with what was declared for it",
  async (text) => {
    await change("answers-api", "assistant");
    const said = await asked(text);
    expect(said).toContain("1 change in this window, and it was declared");
    expect(said).toContain('"text":"Assistant, ');
  },
);

test("a name of telemetry's in the services file is its service's before any telemetry came", async () => {
  expect(await asked("answers-api")).toContain("no change of Assistant has ever come in");
});

test("a name that several services share is none of theirs alone, so only it is read", async () => {
  await change("gateway", "Assistant");
  const said = await asked("gateway");
  expect(said).toContain('"text":"gateway, ');
  expect(said).toContain("nobody declared it");
});

test.each([
  '"Travel assistant" 7d',
  "travel-assistant",
  "Travel assistant 7d",
  "travel  assistant",
])("“versions %s” finds the name with a blank in it", async (text) => {
  expect(await asked(text)).toContain("no change of Travel assistant has ever come in");
});

test.each(['"Travel assistant"', "“travel assistant”", "travel assistant", "travel_assistant"])(
  "“readiness %s” finds it, too",
  async (text) => {
    const reply = await readiness.run(ctxOf(), { text });
    expect(reply.kind === "ephemeral" && reply.text).toMatch(/^Travel assistant: /);
  },
);
