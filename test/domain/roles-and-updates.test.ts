/**
 * Goal: a role changes hands at once and whoever gets it is told, invited and asked; updates come due by
 * severity, are put off or written, and are asked for quietly; who comes late is told, who is named is not.
 * Method: the deciders on made-up states, without I/O.
 */
import { expect, test } from "vitest";
import { afterChannelOpened, afterJoining } from "#src/domain/channel-effects.ts";
import { messageKey } from "#src/domain/effect.ts";
import { decidePostUpdate, decideSnoozeUpdate } from "#src/domain/post-update.ts";
import { decideRemind } from "#src/domain/remind.ts";
import { anyRoleIds, decideSetRole, type SetRoleInput } from "#src/domain/set-role.ts";
import { severityIds } from "#src/domain/severity.ts";
import { draftUpdate } from "#src/domain/update-draft.ts";
import { minutesAfter, nextUpdateDue } from "#src/domain/updates.ts";
import { wantedOf } from "#src/domain/wanted.ts";
import type { Decision } from "#src/domain/decision.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { Person, UserId } from "#src/domain/person.ts";
import type { Result } from "#src/lib/result.ts";
import {
  answer,
  at,
  correctiveAction,
  incidentState,
  leverUse,
  people,
} from "#test/support/factories.ts";

const now = at("10:00");
const by = { userId: people.coordinator, now };
const stranger = "U0STRANGER" as UserId;
const nobodyKnown = new Map<UserId, Person>();

test("a role is handed over at once, and who gets it is mentioned, invited and told what it is about", () => {
  const state = incidentState({ lastSequence: 4 });
  const decision = decided(
    decideSetRole(state, handOver("communications", stranger), by, nobodyKnown),
  );
  expect(decision.changes.incident).toEqual({ communications: stranger });
  expect(decision.timeline).toMatchObject([
    { kind: "role_changed", data: { role: "communications", from: null, to: stranger } },
  ]);
  expect(named(decision.effects)).toEqual([
    "invite-people",
    "entry:5",
    "panel",
    `catch-up:${stranger}`,
  ]);
});

test("another coordinator stands in the topic and in the announcement", () => {
  const decision = decided(
    decideSetRole(incidentState(), handOver("coordinator", people.model), by, nobodyKnown),
  );
  expect(named(decision.effects)).toEqual(["entry:1", "panel", "set-topic", "announcement"]);
});

test("a layer's new owner is asked to answer, who had it is not asked any more", () => {
  const decision = decided(
    decideSetRole(
      incidentState(),
      { ...handOver("infrastructure", people.business), standIn: people.approver },
      by,
      nobodyKnown,
    ),
  );
  expect(decision.changes.owners).toMatchObject([
    { layer: "infrastructure", userId: people.business, standInUserId: people.approver },
  ]);
  expect(decision.timeline).toMatchObject([
    { kind: "owner_changed", data: { layer: "infrastructure", owner: people.business } },
  ]);
  expect(named(decision.effects)).toEqual(
    expect.arrayContaining([
      `evidence-request-dm:${people.business}`,
      `evidence-request-dm:${people.infrastructure}`,
      "evidence-request",
      "panel",
    ]),
  );
});

test("a layer keeps its stand-in where none is said, unless they are the owner from now on", () => {
  const state = incidentState();
  const standing = { ...state.owners.find(({ layer }) => layer === "model")! };
  state.owners = [{ ...standing, standInUserId: people.approver }];
  const ownerAfter = (input: SetRoleInput) =>
    decided(decideSetRole(state, input, by, nobodyKnown)).changes.owners?.[0];
  const typed = (person: UserId): SetRoleInput => {
    const { standIn: _, ...input } = handOver("model", person);
    return input;
  };
  expect(ownerAfter(typed(people.business))).toMatchObject({ standInUserId: people.approver });
  expect(ownerAfter(typed(people.approver))).toMatchObject({
    userId: people.approver,
    standInUserId: null,
  });
  // a form that shows the stand-in and is sent without one
  expect(ownerAfter(handOver("model", people.business))).toMatchObject({ standInUserId: null });
});

test.each(anyRoleIds)("%s can be claimed by whoever takes part", (role) => {
  const claimed = decided(
    decideSetRole(
      incidentState(),
      handOver(role, people.declarer),
      { ...by, userId: people.declarer },
      nobodyKnown,
    ),
  );
  expect(claimed.outcome.sentence).toMatch(/^You are .+ now\.$/);
});

test.each([
  ["a guest", { isGuest: true }],
  ["a bot", { isBot: true }],
  ["a deactivated person", { isDeactivated: true }],
])("%s is refused at the field, as owner and as stand-in", (_who, facts) => {
  const known = new Map([[stranger, { userId: stranger, ...facts } as Person]]);
  const asOwner = decideSetRole(incidentState(), handOver("scribe", stranger), by, known);
  expect(asOwner).toMatchObject({ ok: false, error: { code: "bad_field", field: "person" } });
  const input = { ...handOver("model", people.business), standIn: stranger };
  const asStandIn = decideSetRole(incidentState(), input, by, known);
  expect(asStandIn).toMatchObject({ ok: false, error: { code: "bad_field", field: "stand_in" } });
});

test("whoever has the role already is not told twice, and only a layer has a stand-in", () => {
  const again = decideSetRole(
    incidentState(),
    handOver("coordinator", people.coordinator),
    by,
    nobodyKnown,
  );
  expect(again).toMatchObject({ error: { message: expect.stringContaining("already") as string } });
  const input = { ...handOver("scribe", people.model), standIn: people.business };
  expect(decideSetRole(incidentState(), input, by, nobodyKnown)).toMatchObject({
    error: { field: "stand_in" },
  });
  const self = { ...handOver("model", people.business), standIn: people.business };
  expect(decideSetRole(incidentState(), self, by, nobodyKnown)).toMatchObject({
    error: { field: "stand_in" },
  });
});

test("in an incident that is over no role changes hands", () => {
  const over = incidentState({ incident: { status: "closed" } });
  expect(decideSetRole(over, handOver("scribe", stranger), by, nobodyKnown)).toMatchObject({
    error: { code: "stale" },
  });
});

test("updates are due after 30 minutes, an hour and four hours by severity, and never for SEV4", () => {
  const due = severityIds.map((severity) => nextUpdateDue(severity, now)?.toISOString() ?? null);
  expect(due).toEqual([
    "2026-03-09T10:30:00.000Z",
    "2026-03-09T11:00:00.000Z",
    "2026-03-09T14:00:00.000Z",
    null,
  ]);
});

test("an update stands in the announcement and in the channel, and sets when the next one is due", () => {
  const state = incidentState({ lastSequence: 9, incident: { updateDueAt: at("09:55") } });
  const input = { incidentId: state.incident.id, text: "Travel questions go to the help desk." };
  const decision = decided(decidePostUpdate(state, input, by));
  expect(decision.changes).toEqual({
    incident: {
      updateDueAt: at("11:00"),
      lastUpdate: input.text,
      lastUpdateAt: now,
      lastUpdateBy: by.userId,
    },
    reminders: [{ about: { kind: "update-due" }, dueAt: at("11:00") }],
  });
  expect(decision.timeline).toMatchObject([{ kind: "update_posted", data: { text: input.text } }]);
  expect(named(decision.effects)).toEqual(["entry:10", "announcement", "panel", "update-reminder"]);
});

test("R12: an update that names a person as the cause is refused with other words", () => {
  const text = "The outage was caused by Bob, who forgot to test the prompt.";
  const { incident } = incidentState();
  const refused = decidePostUpdate(incidentState(), { incidentId: incident.id, text }, by);
  expect(refused).toMatchObject({
    error: { code: "refused", refusal: { rules: ["R12"], rewrite: { field: "text" } } },
  });
});

test("a private incident is not announced", () => {
  const state = incidentState({ incident: { isPrivate: true } });
  const input = { incidentId: state.incident.id, text: "We are limiting the harm." };
  const decision = decided(decidePostUpdate(state, input, by));
  expect(named(decision.effects)).not.toContain("announcement");
});

test("an update is put off for half an hour from now, unless one was written meanwhile", () => {
  const due = incidentState({ incident: { updateDueAt: at("09:58") } });
  const input = { incidentId: due.incident.id };
  const decision = decided(decideSnoozeUpdate(due, input, by));
  expect(decision.changes).toEqual({
    incident: { updateDueAt: at("10:30") },
    reminders: [{ about: { kind: "update-due" }, dueAt: at("10:30") }],
  });
  expect(decision.timeline).toMatchObject([
    { kind: "update_snoozed", data: { untilAt: at("10:30").toISOString() } },
  ]);
  const written = incidentState({ incident: { updateDueAt: at("11:00") } });
  expect(decideSnoozeUpdate(written, input, by)).toMatchObject({ error: { code: "stale" } });
  const none = incidentState({ incident: { severity: "SEV4" } });
  expect(decideSnoozeUpdate(none, input, by)).toMatchObject({ error: { code: "stale" } });
});

test("an update that is due is asked for, and again once a cadence as long as nobody answers", () => {
  const about = { kind: "update-due" } as const;
  const due = incidentState({ incident: { updateDueAt: at("09:55") } });
  const first = decideRemind(due, about, now);
  expect(named(first.effects)).toEqual(["update-reminder", "panel"]);
  expect(first.changes.reminders).toEqual([
    { about: { ...about, isRepeat: true }, dueAt: minutesAfter(now, 60) },
  ]);
  // each due time notifies; as long as nobody answers, the message stands where it is
  expect(first.effects[0]).toMatchObject({ isAnew: true });
  const [repeat] = first.changes.reminders!;
  expect(decideRemind(due, repeat!.about, now).effects[0]).not.toHaveProperty("isAnew");
  const written = incidentState({ incident: { updateDueAt: at("10:30") } });
  expect(decideRemind(written, about, now).effects).toEqual([]);
  const lowered = incidentState({ incident: { severity: "SEV4", updateDueAt: null } });
  expect(decideRemind(lowered, about, now).effects).toEqual([]);
});

test("the draft says in plain words what changed, each thing once, and always something", () => {
  const state = incidentState({
    incident: { lastUpdateAt: at("09:30") },
    answers: [answer("model")],
  });
  const draft = draftUpdate(state, [
    { kind: "severity_changed", data: { from: "SEV3", to: "SEV2", reason: "more of them" } },
    { kind: "severity_changed", data: { from: "SEV2", to: "SEV1", reason: "data is gone" } },
    { kind: "lever_recorded", data: { lever: 1, what: "Disable the feature" } },
    { kind: "verdict_set", data: { strand: 1, layer: "model", verdict: "cleared" } },
    {
      kind: "verdict_set",
      data: { strand: 1, layer: "retrieval_data", verdict: "proximate", confidence: "probable" },
    },
  ]);
  expect(draft.split("\n")).toEqual([
    "The severity is now SEV1; it was SEV2.",
    "Done to limit the harm: Disable the feature",
    "What broke first is probably Retrieval & data.",
    "1 of 6 parts of the system have been examined.",
  ]);
  expect(draftUpdate(incidentState(), [])).toContain("What users see: The answer is fluent");
});

test("the draft leaves room to type, whatever happened", () => {
  const long = incidentState({ incident: { userImpact: "x".repeat(3_000) } });
  const entries = Array.from({ length: 200 }, (_, index) => ({
    kind: "lever_recorded" as const,
    data: { what: `${index} ${"y".repeat(1_000)}` },
  }));
  expect(draftUpdate(long, entries).length).toBeLessThanOrEqual(2_000);
  const short = incidentState({ incident: { lastUpdateAt: at("09:30") } });
  const draft = draftUpdate(short, entries);
  expect(draft.length).toBeLessThanOrEqual(2_000);
  // nothing is cut silently
  expect(draft.split("\n").slice(1)).toEqual([
    "And 199 more changes, see the timeline.",
    "0 of 6 parts of the system have been examined.",
  ]);
  expect(draftUpdate(long, entries)).toMatch(/x…\nAnd 200 more changes, see the timeline\./);
});

test("who comes late is told by direct message, who is named by the incident is not", () => {
  const state = incidentState({ levers: [leverUse({ secondAuthorizer: people.approver })] });
  expect(named(afterJoining(state, stranger))).toEqual([`catch-up:${stranger}`]);
  const known = [
    people.declarer,
    people.coordinator,
    people.model,
    people.business,
    people.approver,
  ];
  for (const userId of known) expect(afterJoining(state, userId)).toEqual([]);
  const closed = incidentState({ incident: { status: "closed" } });
  expect(afterJoining(closed, stranger)).toEqual([]);
});

test("a new channel is of use after two calls: people are in it, and the panel stands", () => {
  const effects = named(afterChannelOpened(incidentState()));
  expect(effects.slice(0, 2)).toEqual(["invite-people", "panel"]);
  // a role that changed hands before the channel stood
  const early = afterChannelOpened(incidentState({ incident: { scribe: stranger } }));
  expect(early[0]).toMatchObject({ userIds: expect.arrayContaining([stranger]) as unknown });
  expect(effects).toEqual(
    expect.arrayContaining(["set-topic", "pin-panel", "add-bookmarks", "announcement"]),
  );
});

test("what is wanted of somebody: answers, confirmations, actions by their day, the update", () => {
  const state = incidentState({
    incident: { communications: people.model, updateDueAt: at("11:00") },
    answers: [answer("prompt_policy")],
    levers: [leverUse({ authorizer: people.model }), leverUse({ number: 2, state: "confirmed" })],
    actions: [
      correctiveAction({ number: 1, owner: people.model, dueOn: "2026-04-01" }),
      correctiveAction({ number: 2, owner: people.model, dueOn: "2026-03-20" }),
    ],
  });
  const wanted = wantedOf(state, people.model);
  expect(wanted.layers).toEqual(["model"]);
  expect(wanted.levers.map(({ number }) => number)).toEqual([1]);
  expect(wanted.actions.map(({ number }) => number)).toEqual([2, 1]);
  expect(wanted.updateDueAt).toEqual(at("11:00"));
  expect(wantedOf(state, stranger)).toEqual({
    layers: [],
    levers: [],
    actions: [],
    updateDueAt: null,
  });
});

function handOver(role: SetRoleInput["role"], person: UserId): SetRoleInput {
  return { incidentId: incidentState().incident.id, role, person, standIn: null };
}

function decided(result: Result<Decision, unknown>): Decision {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Effects by name, messages by their key. */
function named(effects: readonly Effect[]): string[] {
  return effects.map((effect) =>
    effect.name === "post-message" ? messageKey(effect.message) : effect.name,
  );
}
