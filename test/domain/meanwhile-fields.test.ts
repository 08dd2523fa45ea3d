// Goal: a form that corrects something writes what its sender changed in it and nothing else; where somebody
// else has changed the same field since it was drawn, its sender is told, and loses nothing that was typed.
// Method: given a form as it was drawn and what stands now, when it comes in, then what is saved or refused.

import type { ModalView } from "@slack/types";
import { expect, test } from "vitest";
import { decideAddFactor } from "#src/domain/add-factor.ts";
import { decideAddGap } from "#src/domain/add-gap.ts";
import { decideAddGolden } from "#src/domain/add-golden.ts";
import { decideCorrectAction } from "#src/domain/correct-action.ts";
import { decideEditDetails } from "#src/domain/edit-details.ts";
import { decideEditStrand } from "#src/domain/edit-strands.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { decideLinkItems } from "#src/domain/link-items.ts";
import type { Modal } from "#views/modal.ts";
import { addFactorModal } from "#views/modals/add-factor.ts";
import { addGapModal } from "#views/modals/add-gap.ts";
import { addGoldenModal } from "#views/modals/add-golden.ts";
import { correctActionModal } from "#views/modals/correct-action.ts";
import { editDetailsModal } from "#views/modals/edit-details.ts";
import { editStrandModal } from "#views/modals/edit-strand.ts";
import { linkItemsModal } from "#views/modals/link-items.ts";
import { parseHint } from "#views/hint.ts";
import { fillForm, type Typed } from "#test/support/fill-form.ts";
import {
  accepted,
  action,
  after,
  by,
  declarer,
  openIncident,
  person,
  rejected,
  user,
} from "./fixtures.ts";

function submitted<Input>(modal: Modal<never, Input>, view: ModalView, typed: Typed): Input {
  const parsed = modal.parse(fillForm(view, typed), view.private_metadata ?? "");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const recorded = { recorder: declarer, recordedAt: by.now };
const gapOf = (number: number): IncidentState["gaps"][number] => ({
  number,
  kind: "no_alert_on_metric",
  layer: null,
  statement: "No alert on age",
  ...recorded,
});
const factorOf = (number: number): IncidentState["factors"][number] => ({
  number,
  category: "testing_gap",
  layer: "retrieval_data",
  statement: `Condition ${number}`,
  interactsWith: [],
  ...recorded,
});
const goldenOf = (number: number): IncidentState["goldens"][number] => ({
  number,
  strandNumbers: [1],
  fromEvidence: null,
  preconditions: null,
  input: "What is the rate?",
  passWhen: "The rate in force",
  ...recorded,
});

const onset = new Date("2026-03-09T08:00:12.345Z");
const drawn = openIncident({
  strands: [{ ...openIncident().strands[0]!, windowFrom: onset, symptom: "Old rate" }],
  actions: [
    action("retrieval_data", { addresses: ["S1"], criterion: "the job exits non-zero on a skip" }),
  ],
  gaps: [gapOf(1)],
  factors: [factorOf(1), factorOf(2)],
  goldens: [goldenOf(1)],
});
const { incident } = drawn;
const incidentWith = (facts: Partial<typeof incident>): IncidentState => ({
  ...drawn,
  incident: { ...incident, ...facts },
});
const strandWith = (facts: Partial<IncidentState["strands"][number]>): IncidentState => ({
  ...drawn,
  strands: [{ ...drawn.strands[0]!, ...facts }],
});

test("a slice that is set in an older form of a strand leaves the name that somebody gave it since", () => {
  const form = editStrandModal.render({ state: drawn, strandNumber: 1 });
  const input = submitted(editStrandModal, form, { slice: "region: eu-1" });
  const now = strandWith({ name: "Refusals", windowTo: by.now });
  const decision = accepted(decideEditStrand(now, input, by));
  expect(decision.changes.strands).toMatchObject([
    {
      name: "Refusals",
      slice: { region: ["eu-1"] },
      symptom: "Old rate",
      windowFrom: onset,
      windowTo: by.now,
    },
  ]);
  expect(decision.timeline[0]?.data["changes"]).toEqual([
    "the part it is about from “nothing” to “region eu-1”",
  ]);
});

test("a field that two people changed is not overwritten: what stands is told, and sent again it is saved", () => {
  const form = editStrandModal.render({ state: drawn, strandNumber: 1 });
  const input = submitted(editStrandModal, form, { name: "Mine", slice: "region: eu-1" });
  const now = strandWith({ name: "Theirs" });
  const rejection = rejected(decideEditStrand(now, input, by));
  expect(rejection).toMatchObject({
    code: "stale",
    changes: [{ by: null, what: "the name is “Theirs” now" }],
    shown: { name: expect.any(String) },
  });
  const again = {
    ...input,
    shown: { ...input.shown, ...("shown" in rejection && rejection.shown) },
  };
  expect(accepted(decideEditStrand(now, again, by)).changes.strands).toMatchObject([
    { name: "Mine", slice: { region: ["eu-1"] } },
  ]);
  // both meant the same
  expect(decideEditStrand(strandWith({ name: "Mine" }), input, by).ok).toBe(true);
});

test("R12: words that stand since the declaration are not in the way of what is changed beside them", () => {
  const blaming = strandWith({ name: "The model hallucinated", symptom: "The model hallucinated" });
  const form = editStrandModal.render({ state: blaming, strandNumber: 1 });
  const input = submitted(editStrandModal, form, { slice: "region: eu-1" });
  expect(decideEditStrand(blaming, input, by).ok).toBe(true);
  const { shown: _, ...older } = input;
  expect(decideEditStrand(blaming, older, by).ok).toBe(true);
  const renamed = { ...input, name: "The model lied" };
  expect(rejected(decideEditStrand(blaming, renamed, by))).toMatchObject({
    refusal: { rules: ["R12"], rewrite: { field: "name" } },
  });
});

test("the same for the details of an incident", () => {
  const form = editDetailsModal.render({ state: drawn });
  const input = submitted(editDetailsModal, form, { promise_broken: "today's rules" });
  const now = incidentWith({ title: "Theirs", noticedHow: "support" });
  expect(after(now, decideEditDetails(now, input, by)).incident).toMatchObject({
    title: "Theirs",
    noticedHow: "support",
    promiseBroken: "today's rules",
  });
  const both = submitted(editDetailsModal, form, { title: "Mine" });
  expect(rejected(decideEditDetails(now, both, by))).toMatchObject({
    changes: [{ what: "the title is “Theirs” now" }],
  });
});

test("the same for an action; a login that was typed is for the owner who stood in the form", () => {
  const form = correctActionModal.render({ state: drawn, number: 1 });
  const basis = { owner: person(), knownLogin: "known", isGitHubConfigured: true };
  const now: IncidentState = {
    ...drawn,
    actions: [{ ...drawn.actions[0]!, owner: user("U-theirs"), dueOn: "2026-04-01" }],
  };
  const verified = "the contract test runs in the pipeline on every change";
  const input = submitted(correctActionModal, form, { verification: verified });
  expect(accepted(decideCorrectAction(now, input, by, basis)).changes.actions).toMatchObject([
    { owner: "U-theirs", dueOn: "2026-04-01", verification: verified },
  ]);
  const typed = submitted(correctActionModal, form, { owner_login: "owner-of-before" });
  expect(rejected(decideCorrectAction(now, typed, by, basis))).toMatchObject({
    changes: [{ what: "the owner is somebody else now" }],
  });
});

test("the same for a gap, a factor and a golden", () => {
  const gapForm = addGapModal.render({ state: drawn, number: 1 });
  const layered = submitted(addGapModal, gapForm, { layer: "model" });
  const worded = { ...drawn, gaps: [{ ...drawn.gaps[0]!, statement: "Theirs" }] };
  expect(accepted(decideAddGap(worded, layered, by)).changes.gaps).toMatchObject([
    { statement: "Theirs", layer: "model" },
  ]);
  const mine = submitted(addGapModal, gapForm, { statement: "Mine" });
  expect(rejected(decideAddGap(worded, mine, by))).toMatchObject({
    changes: [{ what: "what was missing reads “Theirs” now" }],
  });

  const factorForm = addFactorModal.render({ state: drawn, number: 1 });
  const moved = submitted(addFactorModal, factorForm, { layer: "model" });
  const [one, two] = drawn.factors;
  const said = { ...drawn, factors: [{ ...one!, statement: "Theirs" }, two!] };
  expect(accepted(decideAddFactor(said, moved, by)).changes.factors).toMatchObject([
    { statement: "Theirs", layer: "model" },
  ]);

  const goldenForm = addGoldenModal.render({ state: drawn, number: 1 });
  const asked = submitted(addGoldenModal, goldenForm, { input: "What is the rate today?" });
  const passes = { ...drawn, goldens: [{ ...drawn.goldens[0]!, passWhen: "Theirs" }] };
  expect(accepted(decideAddGolden(passes, asked, by)).changes.goldens).toMatchObject([
    { passWhen: "Theirs", input: "What is the rate today?" },
  ]);
});

test("of links only what was added or taken back in a form is written, whoever linked more meanwhile", () => {
  const linked = (addresses: string[]): IncidentState => ({
    ...drawn,
    actions: [{ ...drawn.actions[0]!, addresses }],
  });
  const ofAction = linkItemsModal.render({ state: drawn, of: { kind: "action", number: 1 } });
  const gapAdded = submitted(linkItemsModal, ofAction, { addresses: ["S1", "G1"] });
  expect(
    accepted(decideLinkItems(linked(["S1", "F1"]), gapAdded, by)).changes.actions,
  ).toMatchObject([{ addresses: ["S1", "F1", "G1"] }]);
  const strandGone = submitted(linkItemsModal, ofAction, { addresses: [] });
  expect(
    accepted(decideLinkItems(linked(["S1", "F1"]), strandGone, by)).changes.actions,
  ).toMatchObject([{ addresses: ["F1"] }]);

  // the factor's side shows that no action answers it; somebody linked one meanwhile
  const ofFactor = linkItemsModal.render({ state: drawn, of: { kind: "factor", number: 1 } });
  const together = submitted(linkItemsModal, ofFactor, { interacts_with: ["2"] });
  const decision = accepted(decideLinkItems(linked(["S1", "F1"]), together, by));
  expect(decision.changes.actions).toBeUndefined();
  expect(decision.changes.factors).toMatchObject([{ number: 1, interactsWith: [2] }]);
});

test("what a form carries of what it showed fits into its metadata, whatever the incident holds", () => {
  const actions = Array.from({ length: 100 }, (_, index) => ({
    ...drawn.actions[0]!,
    number: index + 100_000,
    addresses: ["G1"],
  }));
  const full = { ...drawn, actions };
  for (const view of [
    linkItemsModal.render({ state: full, of: { kind: "gap", number: 1 } }),
    editStrandModal.render({ state: drawn, strandNumber: 1 }),
    editDetailsModal.render({ state: drawn }),
  ]) {
    const metadata = view.private_metadata ?? "";
    expect(metadata.length).toBeLessThan(3_000);
    expect(parseHint(metadata)?.shown).toBeDefined();
  }
});
