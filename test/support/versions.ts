// Made-up reports of the ledger, about the incident of test/support/factories.ts.

import type {
  LedgerChange,
  LedgerCoverage,
  PinInterval,
  PinReport,
  PinState,
  VersionReport,
} from "#src/domain/ledger/ledger.ts";
import { at } from "./factories.ts";

/** A change that nobody declared: the model that answers, at 16:20 the day before. */
export function ledgerChange(overrides: Partial<LedgerChange> = {}): LedgerChange {
  return {
    key: "pin:12",
    at: new Date("2026-03-08T16:20:00Z"),
    until: null,
    kind: "model_rollout",
    layer: "model",
    summary: "gpt-4o-03-27 → gpt-4o-04-25",
    link: null,
    isDeclared: false,
    source: "telemetry",
    declaredBy: null,
    pin: "model.served",
    fromValues: ["gpt-4o-03-27"],
    toValue: "gpt-4o-04-25",
    seen: { requests: 212, of: 9_800 },
    ...overrides,
  };
}

/** A change that was declared and that telemetry does not show. */
export function declaredChange(overrides: Partial<LedgerChange> = {}): LedgerChange {
  return ledgerChange({
    key: "S0-CP1",
    at: new Date("2026-03-08T22:00:00Z"),
    kind: "index_rebuild",
    layer: "retrieval_data",
    summary: "Index rebuilt from the nightly export",
    link: "https://ci.example.com/runs/41",
    isDeclared: true,
    source: "api",
    declaredBy: "deploy-bot",
    pin: null,
    fromValues: [],
    toValue: null,
    seen: null,
    ...overrides,
  });
}

/** What ran at one time. */
export function pinState(...values: (string | Partial<PinInterval>)[]): PinState {
  return {
    values: values.map((value, index) => ({
      id: index + 1,
      service: "policy-helper",
      layer: "model",
      pin: "model.served",
      value: "",
      isDerived: false,
      source: "gen_ai.response.model",
      firstSeenAt: at("00:00"),
      lastSeenAt: at("09:00"),
      requests: 9_588,
      ofRequests: 9_800,
      traceIds: [],
      isFirst: false,
      ...(typeof value === "string" ? { value } : value),
    })),
  };
}

/** A pin that ran on one value all the time. */
export function pinReport(
  pin: string,
  layer: PinReport["layer"],
  value: string | Partial<PinInterval>,
  overrides: Partial<PinReport> = {},
): PinReport {
  return {
    layer,
    pin,
    service: "policy-helper",
    now: pinState(value),
    before: pinState(value),
    lastKnownGood: null,
    firstSeenAt: new Date("2026-03-01T00:00:00Z"),
    lastSeenAt: at("09:30"),
    requests: 9_800,
    overflow: 0,
    ...overrides,
  };
}

export const coverage: LedgerCoverage = {
  requests: 9_800,
  firstSeenAt: new Date("2026-03-01T00:00:00Z"),
  lastSeenAt: at("09:30"),
  receivedAt: at("09:30"),
  declared: 14,
  lastDeclaredAt: new Date("2026-03-08T22:00:00Z"),
  goldenRun: null,
  baseline: null,
  dropped: null,
};

export const noCoverage: LedgerCoverage = {
  requests: 0,
  firstSeenAt: null,
  lastSeenAt: null,
  receivedAt: null,
  declared: 0,
  lastDeclaredAt: null,
  goldenRun: null,
  baseline: null,
  dropped: null,
};

/** Every layer but infrastructure is seen, and nothing changed. */
export function versionReport(overrides: Partial<VersionReport> = {}): VersionReport {
  return {
    service: "policy-helper",
    window: { from: new Date("2026-03-08T09:20:00Z"), to: at("09:10") },
    at: { now: at("09:31"), before: new Date("2026-03-07T09:20:00Z"), lastKnownGood: null },
    pins: [
      pinReport("model.served", "model", "gpt-4o-03-27"),
      pinReport("model.provider", "model", "openai"),
      pinReport("index", "retrieval_data", "travel-2026-03-01"),
      pinReport("prompt", "prompt_policy", { value: "sha256:9f86d081884c7d65", isDerived: true }),
      pinReport("param.reasoning_level", "orchestration_tools", "high"),
      pinReport("app.build", "integration_ui", "2026.3.7"),
    ],
    changes: [],
    earlierChanges: 0,
    marks: [],
    coverage,
    ...overrides,
  };
}
