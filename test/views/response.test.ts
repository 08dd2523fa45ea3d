// Goal: what a responder reads of levers, severity, phases, the close and a reopening: each golden is what
// Slack is sent, and nothing exceeds Slack's limits, whatever the incident holds.
// Method: golden files of messages and forms; a record full of everything against the limits.

import type { KnownBlock, ModalView } from "@slack/types";
import { expect, test } from "vitest";
import type { MessageRef } from "#src/domain/effect.ts";
import type { IncidentState, LeverUse } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { closeMissing, phaseMissing } from "#src/domain/lifecycle.ts";
import type { MessageContent } from "#views/messages/message-content.ts";
import { renderMessage } from "#views/messages/render-message.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { completeLeverModal } from "#views/modals/complete-lever.ts";
import { endLeverModal } from "#views/modals/end-lever.ts";
import { noLeverNeededModal } from "#views/modals/no-lever-needed.ts";
import { reopenIncidentModal } from "#views/modals/reopen-incident.ts";
import { setPhaseModal } from "#views/modals/set-phase.ts";
import { setRoleModal } from "#views/modals/set-role.ts";
import { setSeverityModal } from "#views/modals/set-severity.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import {
  at,
  attributedState,
  incidentState,
  leverUse,
  people,
  strand,
  verdict,
} from "#test/support/factories.ts";
import { fillForm, submit, type Typed } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";

const extras = { botCommand: "/incident", canFileIssues: true, canProposePostmortem: true };
const one = { kind: "lever", leverNumber: 1 } as const;
const dm = (userId: (typeof people)[keyof typeof people]): MessageRef => ({
  kind: "lever-dm",
  leverNumber: 1,
  userId,
});

const forTwo: Partial<LeverUse> = {
  lever: "disable_feature",
  capacity: "business",
  secondAuthorizer: people.approver,
  secondCapacity: "safety",
  secondState: "claimed",
};
const withLever = (facts: Partial<LeverUse>): IncidentState =>
  incidentState({ levers: [leverUse(facts)] });
const signal = { harmSignal: "answers by the old rule, per hour" };
const moved = { hasHarmMoved: false, harmSeenAt: at("10:20"), harmSeenBy: people.model };
const halfConfirmed: Partial<LeverUse> = {
  secondState: "confirmed",
  secondAnsweredAt: at("09:58"),
};
const late = { kind: "lever-late", leverNumber: 1 } as const;
// recorded at a lesser severity in the recorder's own name
const own = { authorizer: people.coordinator };
const condition = { conditionMetAt: at("12:40"), conditionMetBy: people.retrieval };
const closed = attributedState({
  incident: { status: "closed", closedAt: at("16:00"), closedBy: people.coordinator },
  levers: [],
});

test.each<[string, MessageRef, IncidentState]>([
  ["lever-two-claimed", one, withLever(forTwo)],
  ["lever-two-half", one, withLever({ ...forTwo, ...halfConfirmed })],
  ["lever-signal", one, withLever({ ...signal, savedFirst: "100 requests" })],
  ["lever-signal-still", one, withLever({ ...signal, ...moved, state: "confirmed" })],
  ["lever-condition-met", one, withLever({ ...signal, ...condition, state: "confirmed" })],
  [
    "lever-alone",
    one,
    withLever({
      lever: "reset_memory",
      cannotBeUndone: true,
      capacity: "technical",
      noSecondWhy: "nobody else answered within ten minutes",
    }),
  ],
  ["lever-dm-two", dm(people.approver), withLever(forTwo)],
  ["lever-dm-two-answered", dm(people.approver), withLever({ ...forTwo, ...halfConfirmed })],
  [
    "lever-reminder",
    { kind: "lever-reminder", leverNumber: 1, userId: people.business },
    withLever({}),
  ],
  ["lever-own", one, withLever(own)],
  ["lever-dm-own", dm(people.coordinator), withLever(own)],
  ["lever-late", late, withLever({})],
  ["lever-late-two", late, withLever(forTwo)],
  ["lever-late-own", late, withLever(own)],
  ["lever-late-answered", late, withLever({ state: "confirmed" })],
  ["closed-reopened", { kind: "closed" }, attributedState({ incident: { status: "open" } })],
])("message %s reads as agreed", (name, ref, state) => {
  const message = renderMessage(ref, state, extras);
  expect(messageFaults(message)).toEqual([]);
  expectGolden(`views/message-${name}`, message);
});

const refusal = {
  rules: ["B5"],
  missing: ["harm_signal", "S1"],
  sentence: "Name the number that has to move when “Reroute” stops the harm.",
  more: ["Nobody has named what broke first in this incident."],
};
const open = withLever({ lever: "reroute" });
const full = attributedState();

test.each<[string, ModalView]>([
  [
    "stabilize-two",
    stabilizeModal.render({
      state: open,
      lever: "reset_memory",
      values: { lever: "reset_memory", cannot_be_undone: ["cannot"], capacity: "technical" },
    }),
  ],
  ["complete-lever", completeLeverModal.render({ state: open, leverNumber: 1 })],
  ["complete-lever-own", completeLeverModal.render({ state: withLever(own), leverNumber: 1 })],
  ["no-lever-needed", noLeverNeededModal.render({ state: incidentState(), from: "set-phase" })],
  ["set-severity", setSeverityModal.render({ state: open, severity: "SEV1" })],
  [
    "set-severity-refused",
    setSeverityModal.render({
      state: open,
      refusal: { ...refusal, rules: ["B4"], missing: ["cohort_rates"], more: [] },
      values: { severity: "SEV3", reason: "it feels smaller" },
    }),
  ],
  ["set-phase", setPhaseModal.render({ state: full, phase: null })],
  ["set-phase-asks", setPhaseModal.render({ state: open, phase: "recovering" })],
  [
    "set-phase-refused",
    setPhaseModal.render({
      state: open,
      phase: "recovering",
      refusal,
      values: { phase: "recovering", reason: "it looks calm" },
    }),
  ],
  ["reopen-incident", reopenIncidentModal.render({ state: closed, why: "it is back" })],
  [
    "close-incident-flags",
    closeIncidentModal.render({
      state: {
        ...full,
        levers: [],
        gaps: [
          {
            number: 1,
            kind: "no_alert_on_metric",
            layer: "retrieval_data",
            statement: "no alert on the age of the index",
            recorder: people.coordinator,
            recordedAt: at("13:00"),
          },
        ],
      },
      missing: [],
    }),
  ],
])("form %s reads as agreed", (name, view) => {
  expect(modalFaults({ ...view })).toEqual([]);
  expectGolden(`views/modal-${name}`, view);
});

test("B6: what to save before a lever stands on top of its form, and in its message until something was saved", () => {
  const idsOf = (view: ModalView) => view.blocks.map((block) => block.block_id);
  const view = stabilizeModal.render({ state: open, lever: "quarantine_source" });
  expect(idsOf(view)[0]).toBe("flag:B6:snapshot_first");
  expect(JSON.stringify(view.blocks[0])).toContain("an index snapshot");
  const free = stabilizeModal.render({ state: open, lever: "human_review" });
  expect(idsOf(free)).not.toContain("flag:B6:snapshot_first");
  const told = (facts: Partial<LeverUse>) =>
    JSON.stringify(renderMessage(one, withLever({ lever: "quarantine_source", ...facts }), extras));
  expect(told({})).toContain("save an index snapshot");
  expect(told({ savedFirst: "snapshot 0308" })).not.toContain("save an index snapshot");
});

test("B6: the form asks for a second person where two are needed, and for none otherwise", () => {
  const asks = (lever: "disable_feature" | "reroute", ticked: readonly string[] = []) =>
    "second_authorizer" in
    fillForm(stabilizeModal.render({ state: open, lever, values: { cannot_be_undone: ticked } }));
  expect([asks("disable_feature"), asks("reroute"), asks("reroute", ["cannot"])]).toEqual([
    true,
    false,
    true,
  ]);
});

const typed = {
  authorizer: people.business,
  tradeoff: "the promise",
  revert_condition: "index rebuilt",
};

test("B6: a form that was sent before it asked for a second person says how to get asked", () => {
  const view = stabilizeModal.render({ state: open, lever: "reroute" });
  expect(submit(stabilizeModal, view, { ...typed, cannot_be_undone: ["cannot"] })).toEqual({
    errors: { cannot_be_undone: expect.stringContaining("set it again") },
  });
  expect(submit(stabilizeModal, view, { ...typed, lever: "disable_feature" })).toEqual({
    errors: { lever: expect.stringContaining("Choose the lever again") },
  });
});

test("every field of a lever comes out as it was filled in", () => {
  const view = stabilizeModal.render({ state: open, lever: "disable_feature" });
  const second = { second_authorizer: people.approver, second_capacity: "safety" };
  expect(
    submit(stabilizeModal, view, {
      ...typed,
      ...second,
      capacity: "business",
      harm_signal: "errors per hour",
      no_second_why: "",
    }),
  ).toMatchObject({
    capacity: "business",
    secondAuthorizer: people.approver,
    secondCapacity: "safety",
    noSecondWhy: null,
    harmSignal: "errors per hour",
    cannotBeUndone: false,
  });
});

test("the other forms come out as they were filled in", () => {
  const severity = setSeverityModal.render({ state: open });
  expect(submit(setSeverityModal, severity, { severity: "SEV1", reason: "all regions" })).toEqual({
    incidentId: 7,
    severity: "SEV1",
    reason: "all regions",
  });
  expect(submit(setSeverityModal, severity, {})).toEqual({
    errors: { severity: "Choose a severity.", reason: expect.any(String) },
  });
  const phase = setPhaseModal.render({ state: full, phase: "diagnosing" });
  expect(submit(setPhaseModal, phase, {})).toEqual({
    incidentId: 7,
    phase: "diagnosing",
    reason: null,
  });
  const lever = completeLeverModal.render({ state: open, leverNumber: 1 });
  expect(submit(completeLeverModal, lever, { harm_signal: "errors" })).toEqual({
    incidentId: 7,
    leverNumber: 1,
    harmSignal: "errors",
    savedFirst: null,
    authorizer: null,
  });
  const ofOneself = completeLeverModal.render({ state: withLever(own), leverNumber: 1 });
  expect(submit(completeLeverModal, ofOneself, { authorizer: people.approver })).toMatchObject({
    authorizer: people.approver,
  });
  const none = noLeverNeededModal.render({ state: open });
  expect(submit(noLeverNeededModal, none, { why: "it ended" })).toEqual({
    incidentId: 7,
    why: "it ended",
  });
  const again = reopenIncidentModal.render({ state: closed, why: "" });
  expect(submit(reopenIncidentModal, again, {})).toEqual({ errors: { why: expect.any(String) } });
});

const buttonsOf = (blocks: MessageContent["blocks"] | ModalView["blocks"]) =>
  (blocks as KnownBlock[]).flatMap((block) =>
    block.type === "actions" ? block.elements.map((one) => one.action_id) : [],
  );

test("a lever of a closed incident has no button left, in no message", () => {
  const over = { ...closed, levers: [leverUse({ ...forTwo, ...signal })] };
  const refs: MessageRef[] = [
    one,
    dm(people.business),
    { kind: "lever-reminder", leverNumber: 1, userId: people.business },
  ];
  const left = refs.flatMap((ref) => buttonsOf(renderMessage(ref, over, extras).blocks));
  expect(left).toEqual([]);
});

test("everything that keeps an incident open has a button that mends it", () => {
  const state = attributedState({
    strands: [strand(), strand({ number: 2 })],
    actions: [],
  });
  const view = closeIncidentModal.render({ state, missing: closeMissing(state) });
  expect(buttonsOf(view.blocks)).toEqual([
    "end-lever",
    "checklist",
    "add-action",
    "accept-risk",
    "add-action",
    "accept-risk",
    // flagged, not asked for
    "add-golden",
  ]);
  const bare = incidentState();
  expect(phaseMissing(bare, "recovering")).toHaveLength(2);
  expect(buttonsOf(setPhaseModal.render({ state: bare, phase: "recovering" }).blocks)).toEqual([
    "stabilize",
    "no-lever-needed",
    "checklist",
  ]);
  expect(buttonsOf(setPhaseModal.render({ state: open, phase: "recovering" }).blocks)).toEqual([
    "complete-lever",
    "checklist",
  ]);
});

test("sixty strands and forty levers, with every text at its limit, stay within Slack's limits", () => {
  const long = "<&>".repeat(1000);
  const use = leverUse({
    ...forTwo,
    ...signal,
    ...condition,
    lever: "other",
    ownWords: long.slice(0, 1000),
    tradeoff: long,
    revertCondition: long,
    harmSignal: long.slice(0, 1000),
    noSecondWhy: long.slice(0, 1000),
    scope: long.slice(0, 1000),
    savedFirst: long,
    cannotBeUndone: true,
    endedWhy: long,
  });
  const state = attributedState({
    strands: Array.from({ length: 60 }, (_, index) => strand({ number: index + 1, name: long })),
    levers: Array.from({ length: 40 }, (_, index) => ({ ...use, number: index + 1 })),
    verdicts: layerIds.map((layer) => verdict(layer, { verdict: "contributing" })),
    actions: [],
    incident: { title: long.slice(0, 150) },
  });
  const views = [
    stabilizeModal.render({ state, lever: "other", values: { tradeoff: long } }),
    completeLeverModal.render({ state, leverNumber: 1 }),
    endLeverModal.render({ state, leverNumber: 1, presser: people.model }),
    closeIncidentModal.render({ state, missing: closeMissing(state), refusal }),
    setPhaseModal.render({ state, phase: "learning", refusal }),
    setSeverityModal.render({ state, values: { reason: long } }),
    reopenIncidentModal.render({ state, why: long }),
  ];
  for (const view of views)
    expect([view.callback_id, modalFaults({ ...view })]).toEqual([view.callback_id, []]);
  const refs: MessageRef[] = [one, dm(people.business), { kind: "closed" }];
  for (const ref of refs) {
    expect([ref.kind, messageFaults(renderMessage(ref, state, extras))]).toEqual([ref.kind, []]);
  }
});

test("a stand-in who is not shown in the form of a role stays; one who is shown can be taken out", () => {
  const state = incidentState();
  state.owners = state.owners.map((one) => ({ ...one, standInUserId: people.approver }));
  const form = (role: "model" | null) =>
    setRoleModal.render({ state, role, presser: people.business });
  const sent = (role: "model" | null, typed: Typed) => submit(setRoleModal, form(role), typed);
  expect(sent("model", {})).toMatchObject({ standIn: people.approver });
  expect(sent("model", { stand_in: null })).toMatchObject({ standIn: null });
  expect(sent(null, { role: "model" })).not.toHaveProperty("standIn");
  expect(sent("model", { role: "infrastructure", stand_in: null })).not.toHaveProperty("standIn");
});
