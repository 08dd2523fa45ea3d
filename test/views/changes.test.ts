// Goal: the channel is told what changed before the failure was noticed, what nobody declared first, and not that it is
// the cause; the panel says it beside the layer. Method: golden files; limits over the fullest state; words by hand.

import { expect, test } from "vitest";
import type { IncidentChange } from "#src/domain/ledger/incident-change.ts";
import { renderChanges } from "#views/messages/changes.ts";
import { renderPanel } from "#views/messages/panel.ts";
import { fullestState } from "#test/support/any-incident.ts";
import { messageFaults } from "#test/support/block-kit-limits.ts";
import { at, incidentState } from "#test/support/factories.ts";
import { expectGolden } from "#test/support/golden.ts";

const incident = {
  noticedAt: at("09:10"),
  declaredAt: at("09:20"),
  serviceName: "Travel assistant",
};

function change(number: number, facts: Partial<IncidentChange> = {}): IncidentChange {
  return {
    number,
    key: `release-${number}`,
    happenedAt: at(`0${number}:00`),
    untilAt: null,
    kind: "deploy",
    layer: "integration_ui",
    summary: `application release 3.${number}`,
    link: null,
    isDeclared: true,
    source: "api",
    declaredBy: "deploy-bot",
    pin: null,
    fromValues: [],
    toValue: null,
    seenRequests: null,
    ofRequests: null,
    foundAt: at("09:21"),
    intervalId: null,
    withdrawnAt: null,
    ...facts,
  };
}
const undeclared = change(3, {
  key: "pin:7",
  kind: "model_rollout",
  layer: "model",
  summary: "assistant-large-2026-01-15 → assistant-large-2026-03-01",
  isDeclared: false,
  source: "telemetry",
  declaredBy: null,
  pin: "model.served",
  seenRequests: 212,
  ofRequests: 9_800,
});

test("what nobody declared stands first, and a change is not called the cause", () => {
  const state = incidentState({ incident, ledgerChanges: [change(1), change(2), undeclared] });
  const message = renderChanges(state);
  expectGolden("messages/changes", message);
  expect(message.text).toContain("3 changes in the time before it was noticed; nobody declared 1");
  expect(JSON.stringify(message.blocks[1])).toContain("Nobody declared this");
});

test("one change reads as one", () => {
  const message = renderChanges(incidentState({ incident, ledgerChanges: [undeclared] }));
  expect(message.text).toContain("1 change in the time before it was noticed; nobody declared it.");
});

test("many changes are counted, and stay within Slack's limits", () => {
  const state = fullestState("<!channel> & *x* ");
  expect(messageFaults(renderChanges(state))).toEqual([]);
  expect(JSON.stringify(renderChanges(state).blocks)).toMatch(/And \d+ more/);
});

test("the panel says beside a layer that it changed", () => {
  const state = incidentState({ incident, ledgerChanges: [change(1), undeclared] });
  const panel = JSON.stringify(
    renderPanel(state, { canFileIssues: true, canProposePostmortem: true } as never),
  );
  expect(panel).toContain("1 change, 1 undeclared");
});
