// Goal: section 5 shows the versions themselves (4.19): in the incident, 48 hours before the onset, when it last worked;
// what differs first, and what changed, with whether anybody declared it. Method: a report and a state, read as text.

import { describe, expect, test } from "vitest";
import { changesFound, versionValues } from "#src/documents/sections/version-values.ts";
import type { PinInterval, PinReport, VersionReport } from "#src/domain/ledger/ledger.ts";
import { at, incidentState, people } from "#test/support/factories.ts";

const seen = (value: string, requests = 40, ofRequests = 40): PinInterval => ({
  id: 1,
  service: "assistant",
  layer: "model",
  pin: "model.served",
  value,
  isDerived: false,
  source: "gen_ai.response.model",
  firstSeenAt: at("08:00"),
  lastSeenAt: at("11:00"),
  requests,
  ofRequests,
  traceIds: [],
  isFirst: false,
});
const pin = (facts: Partial<PinReport>): PinReport => ({
  layer: "model",
  pin: "model.served",
  service: "assistant",
  now: { values: [seen("new")] },
  before: { values: [seen("old")] },
  lastKnownGood: null,
  firstSeenAt: at("08:00"),
  lastSeenAt: at("11:00"),
  requests: 40,
  overflow: 0,
  ...facts,
});
const report = (facts: Partial<VersionReport> = {}): VersionReport => ({
  service: "assistant",
  window: { from: at("00:00"), to: at("11:00") },
  at: { now: at("11:00"), before: at("01:00"), lastKnownGood: null },
  pins: [pin({})],
  changes: [],
  earlierChanges: 0,
  marks: [],
  coverage: {
    requests: 9_800,
    firstSeenAt: at("00:00"),
    lastSeenAt: at("11:00"),
    receivedAt: at("11:00"),
    declared: 0,
    lastDeclaredAt: null,
    goldenRun: null,
    baseline: null,
    dropped: null,
  },
  ...facts,
});

describe("the versions themselves", () => {
  test("stand beside those of 48 hours before the onset, what differs first", () => {
    const same = pin({
      layer: "retrieval_data",
      pin: "index",
      now: { values: [seen("idx-1")] },
      before: { values: [seen("idx-1")] },
    });
    const [text = ""] = versionValues(report({ pins: [same, pin({})] }), incidentState());
    const rows = text.split("\n").slice(2);
    expect(rows[0]).toMatch(/Model .*new.*old.*Yes/);
    expect(rows[1]).toMatch(/idx-1.*idx-1.*No/);
  });

  test("of a part of the requests say of how many", () => {
    const values = [seen("pool-std", 9_588, 9_800), seen("pool-1m", 212, 9_800)];
    const [text = ""] = versionValues(
      report({ pins: [pin({ now: { values } })] }),
      incidentState(),
    );
    expect(text).toContain("pool-1m (in 212 of 9,800 requests from");
  });

  test("say which layers telemetry named nothing of, and how much it saw", () => {
    const text = versionValues(report(), incidentState()).join("\n");
    expect(text).toContain("Telemetry of 9,800 requests");
    expect(text).toContain("Infrastructure");
  });

  test("without telemetry there is nothing to say", () => {
    expect(versionValues(report({ pins: [] }), incidentState())).toEqual([]);
  });
});

test("a change that nobody declared says so, a declared one by whom, and a mark who made it", () => {
  const change = {
    number: 1,
    key: "pin:1",
    happenedAt: at("08:00"),
    untilAt: null,
    kind: "model_rollout",
    layer: "model" as const,
    summary: "old → new",
    link: null,
    isDeclared: false,
    source: "telemetry" as const,
    declaredBy: null,
    pin: "model.served",
    fromValues: ["old"],
    toValue: "new",
    seenRequests: 12,
    ofRequests: 40,
    foundAt: at("10:00"),
    intervalId: null,
    withdrawnAt: null,
  };
  const declared = { ...change, number: 2, key: "r-9", isDeclared: true, declaredBy: "deploy-bot" };
  const state = incidentState({
    incident: { noticedAt: at("09:00") },
    ledgerChanges: [change, declared],
    sourceMarks: [
      {
        layer: "infrastructure",
        fromAt: at("00:00"),
        toAt: at("12:00"),
        source: "the deploy log",
        markedBy: people.model,
        markedAt: at("10:00"),
      },
    ],
  });
  const text = changesFound(state, null, new Map([[people.model, "ML engineer"]])).join("\n");
  expect(text).toContain("**Nobody declared it**");
  expect(text).toContain("in 12 of 40 requests)");
  expect(text).toContain("Yes by deploy-bot");
  expect(text).toContain("ML engineer marked the change record of Infrastructure as complete");
});
