// Goal: "did anything change?" is answered from what telemetry shows, for changes that nobody declared too:
// the effort default of S2 and the model of S3; with its coverage, its marks and its states at three times.
// Method: a real PostgreSQL; the spans that otlp.mjs makes of the scenarios, folded and recorded as a
// delivery a line; declared changes as its `--changes` writes them.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { insertMissingChanges, saveSourceMark } from "#src/db/declared-changes.ts";
import { findVersionReport, listWindowChanges } from "#src/db/version-report.ts";
import {
  type DeclaredChange,
  noLedgerSettings,
  type VersionReport,
} from "#src/domain/ledger/ledger.ts";
import { createPinReader } from "#src/domain/ledger/pin-aliases.ts";
import { createLog } from "#src/lib/log.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { recordSightings } from "#src/usecases/record-sightings.ts";
import { testDatabase } from "#test/support/database.ts";
import { seenPin, sightingsOf } from "#test/support/sightings.ts";
import { teamId } from "#test/usecases/support.ts";

const { db } = await testDatabase();
const log = createLog("silent");
const receivedAt = new Date("2026-11-22T00:00:00Z");
const names = ["assistant"];
const time = (text: string) => new Date(text);

beforeEach(async () => {
  await sql`truncate ledger_service, pin, pin_interval, trace_delivery, declared_change,
    change_source_mark, golden_run cascade`.execute(db);
});

interface OtlpAttribute {
  key: string;
  value: Record<string, unknown>;
}
interface OtlpLine {
  resourceSpans: {
    resource: { attributes: OtlpAttribute[] };
    scopeSpans: {
      spans: { traceId: string; startTimeUnixNano: string; attributes: OtlpAttribute[] }[];
    }[];
  }[];
}
const asMap = (attributes: OtlpAttribute[]) =>
  new Map(
    attributes.map(({ key, value }) => {
      const [one] = Object.values(value);
      return [key, typeof one === "string" ? one : JSON.stringify(one)];
    }),
  );

/** Plays the spans of a scenario and its declared changes into the ledger. */
async function play(scenario: string, ...options: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "ledger-"));
  const changesFile = join(folder, "changes.jsonl");
  const made = spawnSync(
    process.execPath,
    ["scenarios/otlp.mjs", "--changes", changesFile, "--batch", "400", ...options],
    {
      input: JSON.stringify(parse(readFileSync(`scenarios/${scenario}.yaml`, "utf8"))),
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    },
  );
  expect(made.stderr).toBe("");
  const reader = createPinReader({ pinKeys: {} }, sha256);
  const ctx = { db, teamId, receivedAt, log, settings: noLedgerSettings };
  const lines = made.stdout.trim().split("\n");
  await Promise.all(
    lines.map((line) => {
      const { resourceSpans } = JSON.parse(line) as OtlpLine;
      const requests = resourceSpans.flatMap(({ resource, scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) =>
          spans.map((span) => ({
            at: new Date(Number(span.startTimeUnixNano.slice(0, -6))),
            traceId: span.traceId,
            pins: reader.read({
              resource: asMap(resource.attributes),
              span: asMap(span.attributes),
            }),
          })),
        ),
      );
      return recordSightings(ctx, {
        digest: sha256(line),
        services: [sightingsOf("assistant", requests)],
      });
    }),
  );
  const changes = readFileSync(changesFile, "utf8").trim().split("\n");
  await declare(changes.map((line) => JSON.parse(line) as Partial<DeclaredChange>));
}

async function declare(changes: Partial<DeclaredChange>[]): Promise<void> {
  const all = changes.map((one) => ({
    until: null,
    link: null,
    source: "api",
    declaredBy: null,
    sets: {},
    ...one,
    at: new Date(one.at!),
  })) as DeclaredChange[];
  await db.transaction().execute((trx) => insertMissingChanges(trx, teamId, all));
}

const lines = (changes: VersionReport["changes"]) =>
  changes.map(
    ({ key, pin, fromValues, toValue, isDeclared }) =>
      `${isDeclared ? key : "undeclared"}: ${pin ?? "not seen"} ${fromValues.join("+")} → ${toValue ?? ""}`,
  );
const valuesOf = (report: VersionReport, pin: string) => {
  const one = report.pins.find((known) => known.pin === pin);
  const values = (state: "now" | "before" | "lastKnownGood") =>
    one?.[state]?.values.map(({ value }) => value);
  return { now: values("now"), before: values("before"), good: values("lastKnownGood") };
};

test("S2: the effort default that nobody declared is in the report beside the changes that were declared", async () => {
  await play(
    "s2-product-layer-changes",
    "--rate",
    "0.1",
    "--to",
    "2026-04-18T00:00:00Z",
    "--undeclared",
    "param_default",
  );
  const report = await findVersionReport(db, {
    teamId,
    service: "Assistant",
    names,
    window: { from: time("2026-03-03T12:00:00Z"), to: time("2026-03-10T12:00:00Z") },
    now: time("2026-03-10T12:00:00Z"),
    before: time("2026-03-02T12:00:00Z"),
    lastKnownGood: time("2026-03-03T00:00:00Z"),
  });
  expect(lines(report.changes)).toEqual([
    "undeclared: param.reasoning_level high → medium",
    "S2-CP2: prompt coding-agent@sp-300 → coding-agent@sp-301",
    "S2-CP3: app.build 2.1.40 → 2.1.44",
  ]);
  expect(valuesOf(report, "param.reasoning_level")).toEqual({
    now: ["medium"],
    before: ["high"],
    good: ["high"],
  });
  expect(report.changes[0]).toMatchObject({ layer: "orchestration_tools", kind: "param_default" });
  // a new model on half of the requests is one change, and the old one goes on beside it
  const april = { from: time("2026-04-15T00:00:00Z"), to: time("2026-04-17T12:00:00Z") };
  expect(lines(await listWindowChanges(db, { teamId, names, window: april }))).toEqual([
    "S2-CP7: prompt coding-agent@sp-301 → coding-agent@sp-318",
    expect.stringMatching(/^S2-CP8: model\.(served|requested) claude-opus-4.6 → claude-opus-4.7$/),
    expect.stringMatching(/^pin:\d+: model\.(served|requested) claude-opus-4.6 → claude-opus-4.7$/),
  ]);
});

test("S3: the provider's silent model change is in the report, from a small share on", async () => {
  await play("s3-sycophantic-update", "--undeclared", "model_rollout");
  const report = await findVersionReport(db, {
    teamId,
    service: "Assistant",
    names,
    window: { from: time("2025-04-23T17:00:00Z"), to: time("2025-04-27T12:00:00Z") },
    now: time("2025-04-27T12:00:00Z"),
    before: time("2025-04-22T17:00:00Z"),
    lastKnownGood: null,
  });
  expect(lines(report.changes)).toEqual([
    "undeclared: model.served gpt-4o-2025-03-27 → gpt-4o-2025-04-25",
  ]);
  const [change] = report.changes;
  expect(change).toMatchObject({ kind: "model_rollout", layer: "model", source: "telemetry" });
  // the rollout began at 17:00 with one request of many; found within hours at one request in five minutes
  expect(change!.at.getTime() - time("2025-04-24T17:00:00Z").getTime()).toBeLessThan(6 * 3_600_000);
  expect(change!.seen!.requests).toBeLessThan(change!.seen!.of);
  expect(valuesOf(report, "model.served")).toEqual({
    now: ["gpt-4o-2025-04-25"],
    before: ["gpt-4o-2025-03-27"],
    good: undefined,
  });
  expect(valuesOf(report, "model.requested").now).toEqual(["gpt-4o"]);
  // while the rollback ramps, both run
  const during = await findVersionReport(db, {
    teamId,
    service: "Assistant",
    names,
    window: { from: time("2025-04-28T00:00:00Z"), to: time("2025-04-29T12:00:00Z") },
    now: time("2025-04-29T03:00:00Z"),
    before: time("2025-04-26T00:00:00Z"),
    lastKnownGood: time("2025-04-23T00:00:00Z"),
  });
  expect(new Set(valuesOf(during, "model.served").now)).toEqual(
    new Set(["gpt-4o-2025-03-27", "gpt-4o-2025-04-25"]),
  );
  expect(lines(during.changes)).toEqual([
    "S3-CP3: model.served gpt-4o-2025-04-25 → gpt-4o-2025-03-27",
  ]);
  // the rollout and the prompt of the 27th, between last known good and this window
  expect(during.earlierChanges).toBe(2);
});

test("what the answer stands on is said: requests, declared changes, marks; of a service nobody knows, nothing", async () => {
  const requests = [0, 60].map((minutes) => ({
    at: new Date(time("2026-03-01T00:00:00Z").getTime() + minutes * 60_000),
    traceId: `t${minutes}`,
    pins: [seenPin("index", "retrieval_data", "i1")],
  }));
  await recordSightings(
    { db, teamId, receivedAt, log, settings: noLedgerSettings },
    { digest: "d", services: [sightingsOf("assistant", requests)] },
  );
  await declare([
    {
      key: "own",
      service: "Assistant",
      at: time("2026-03-01T12:00:00Z"),
      kind: "corpus",
      layer: "retrieval_data",
      summary: "s",
    },
    {
      key: "all",
      service: null,
      at: time("2026-03-02T12:00:00Z"),
      kind: "config",
      layer: "infrastructure",
      summary: "s",
    },
    {
      key: "other",
      service: "search",
      at: time("2026-03-02T12:00:00Z"),
      kind: "config",
      layer: "model",
      summary: "s",
    },
  ]);
  const mark = {
    service: null,
    layer: "model" as const,
    from: time("2026-02-01T00:00:00Z"),
    to: time("2026-03-02T00:00:00Z"),
    source: "release log",
    markedBy: "U1",
    markedAt: receivedAt,
  };
  await db.transaction().execute((trx) => saveSourceMark(trx, teamId, mark));
  const ask = (asked: string[]) =>
    findVersionReport(db, {
      teamId,
      service: "Assistant",
      names: asked,
      window: { from: time("2026-03-01T00:00:00Z"), to: time("2026-03-03T00:00:00Z") },
      now: time("2026-03-03T00:00:00Z"),
      before: time("2026-02-01T00:00:00Z"),
      lastKnownGood: null,
    });
  const report = await ask(["Assistant", "assistant"]);
  expect(report.changes.map(({ key }) => key)).toEqual(["own", "all"]);
  expect(report.marks).toEqual([mark]);
  expect(report.coverage).toEqual({
    requests: 2,
    firstSeenAt: requests[0]!.at,
    lastSeenAt: requests[1]!.at,
    receivedAt,
    declared: 2,
    lastDeclaredAt: time("2026-03-02T12:00:00Z"),
    goldenRun: null,
    baseline: null,
    dropped: null,
  });
  expect(valuesOf(report, "index")).toEqual({ now: ["i1"], before: [], good: undefined });
  expect(report.pins[0]).not.toHaveProperty("intervals");
  const unknown = await ask(["nobody"]);
  expect(unknown).toMatchObject({
    pins: [],
    coverage: { requests: 0, firstSeenAt: null, declared: 1 },
  });
});
