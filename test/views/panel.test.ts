/**
 * Goal: the panel, Home, catch-up and updates say first what their reader needs, and stay within Slack's
 * limits whatever an incident or a workspace holds.
 * Method: golden files of each at a few moments; the fullest states there can be against the limits.
 */
import type { HomeView, KnownBlock } from "@slack/types";
import { expect, test } from "vitest";
import type { Home, HomeIncident } from "#src/domain/home.ts";
import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import { actions as knownActions } from "#src/slack/actions.ts";
import { renderClosedHome, renderHome } from "#views/home.ts";
import { renderCatchUp } from "#views/messages/catch-up.ts";
import type { MessageContent, MessageExtras } from "#views/messages/message-content.ts";
import { renderMessage } from "#views/messages/render-message.ts";
import { renderList } from "#views/messages/list.ts";
import { moreModal } from "#views/modals/more.ts";
import { postUpdateModal } from "#views/modals/post-update.ts";
import { setRoleModal } from "#views/modals/set-role.ts";
import { detectionLag } from "#views/timing.ts";
import { fullestState } from "#test/support/any-incident.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import {
  answer,
  at,
  attributedState,
  correctiveAction,
  incident,
  incidentState,
  leverUse,
  people,
  strand,
  verdict,
} from "#test/support/factories.ts";
import { fillForm, submit } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";
import { plainOwner } from "#test/support/not-yet.ts";

const extras: MessageExtras = {
  botCommand: "/incident",
  canFileIssues: true,
  canProposePostmortem: true,
};
const stranger = "U0STRANGER" as UserId;

/** In the middle of it: one layer late, two strands, a lever whose condition has come, everybody has a role. */
const busy = attributedState({
  incident: {
    phase: "diagnosing",
    onsetAt: at("00:00"),
    communications: people.approver,
    scribe: people.declarer,
    postmortemDriver: people.model,
    lastUpdate:
      "Travel questions go to the help desk. We know what broke and are rebuilding the index.",
    lastUpdateAt: at("10:30"),
    lastUpdateBy: people.approver,
    updateDueAt: at("11:30"),
  },
  owners: [
    { ...plainOwner, layer: "model", userId: people.model, groupId: null },
    {
      ...plainOwner,
      layer: "infrastructure",
      userId: people.infrastructure,
      groupId: null,
      remindedAt: at("09:40"),
    },
    {
      ...plainOwner,
      layer: "retrieval_data",
      userId: null,
      groupId: "S0DATA",
      takenBy: people.retrieval,
    },
  ],
  answers: layerIds.filter((layer) => layer !== "infrastructure").map((layer) => answer(layer)),
  strands: [strand(), strand({ number: 2, name: "refusals in region eu-1" })],
  levers: [
    leverUse({ state: "confirmed", answeredAt: at("09:55"), conditionMetAt: at("10:50") }),
    leverUse({ number: 2, lever: "other", ownWords: "Answers are read by the help desk first" }),
  ],
});

/** As many strands, levers and verdicts as there can be, each text of this one piece over and over. */
function crowded(piece: string, status: "open" | "closed" = "open"): IncidentState {
  const full = fullestState(piece, status);
  const name = piece.repeat(Math.floor(150 / piece.length));
  const strands = Array.from({ length: 60 }, (_, index) => strand({ number: index + 1, name }));
  const long = piece.repeat(Math.floor(3_000 / piece.length));
  return {
    ...full,
    strands,
    verdicts: strands.flatMap(({ number }) => [
      verdict("retrieval_data", {
        strandNumber: number,
        verdict: "proximate",
        confidence: "suspected",
      }),
      ...layerIds.map((layer) =>
        verdict(layer, { strandNumber: number, verdict: "contributing", contribution: name }),
      ),
    ]),
    levers: full.levers.slice(0, 12).map((use) => ({
      ...use,
      conditionMetAt: at("10:00"),
      secondAuthorizer: people.approver,
      secondState: "claimed" as const,
    })),
    incident: {
      ...full.incident,
      communications: people.approver,
      scribe: people.declarer,
      postmortemDriver: people.model,
      onsetAt: at("00:00"),
      lastUpdate: long,
      lastUpdateAt: at("10:30"),
      lastUpdateBy: people.approver,
      updateDueAt: at("11:30"),
    },
    lastSequence: 5_000,
  };
}

test.each([
  ["message-panel-busy", renderMessage({ kind: "panel" }, busy, extras)],
  ["message-panel-crowded", renderMessage({ kind: "panel" }, crowded("word "), extras)],
  ["message-announcement-updated", renderMessage({ kind: "announcement" }, busy, extras)],
  [
    "message-update-reminder-first",
    renderMessage(
      { kind: "update-reminder" },
      incidentState({ incident: { updateDueAt: at("10:20") } }),
      extras,
    ),
  ],
  ["message-update-reminder", renderMessage({ kind: "update-reminder" }, busy, extras)],
  ["message-catch-up-stranger", renderCatchUp(busy, stranger)],
  [
    "message-catch-up-owner",
    renderCatchUp(
      incidentState({
        actions: [correctiveAction({ owner: people.model })],
        levers: [leverUse({ authorizer: people.model })],
      }),
      people.model,
    ),
  ],
  ["message-catch-up-60-strands", renderCatchUp(crowded("word "), stranger)],
  ["message-catch-up-last-page", renderCatchUp(crowded("word "), stranger, 5)],
] as const satisfies [string, MessageContent][])(
  "%s reads as in its golden file",
  (name, message) => {
    expect(messageFaults(message)).toEqual([]);
    expectGolden(`views/${name}`, message);
  },
);

test.each([
  ["home-busy", homeOf(2)],
  ["home-empty", homeOf(0)],
] as const)("%s reads as in its golden file", (name, home) => {
  const view = renderHome(home, "/incident");
  expect(homeFaults(view)).toEqual([]);
  expectGolden(`views/${name}`, view);
});

test.each([
  [
    "modal-set-role",
    setRoleModal.render({ state: busy, role: "infrastructure", presser: people.declarer }),
  ],
  [
    "modal-post-update",
    postUpdateModal.render({
      state: busy,
      entries: [{ kind: "phase_changed", data: { from: "stabilizing", to: "diagnosing" } }],
    }),
  ],
  ["modal-more", moreModal.render({ state: busy })],
] as const)("%s reads as in its golden file", (name, view) => {
  expect(modalFaults(view as never)).toEqual([]);
  expectGolden(`views/${name}`, view);
});

test.each(["x", "&", "😀", "﷽", "<!channel> ", '"'])(
  "with 60 strands, 12 levers and every text at its limit, all of %s, nothing is over Slack's limits",
  (piece) => {
    for (const status of ["open", "closed"] as const) {
      const state = crowded(piece, status);
      for (const kind of ["panel", "announcement", "update-reminder"] as const) {
        expect(
          messageFaults(renderMessage({ kind }, state, { ...extras, canFileIssues: false })),
        ).toEqual([]);
      }
      for (let page = 0; page < 7; page += 1) {
        expect(messageFaults(renderCatchUp(state, people.business, page))).toEqual([]);
      }
      const views = [
        setRoleModal.render({ state, role: null, presser: stranger }),
        postUpdateModal.render({ state, entries: [] }),
        moreModal.render({ state }),
      ];
      for (const view of views) expect(modalFaults(view as never)).toEqual([]);
    }
    expect(homeFaults(renderHome(homeOf(200, piece.repeat(150)), "/incident"))).toEqual([]);
  },
);

test("every strand of 60 is named on one of the pages, by name and by a block of its own", () => {
  const state = crowded("word ");
  const ids = [0, 1, 2, 3, 4, 5].flatMap((page) =>
    renderCatchUp(state, stranger, page).blocks.map((block) => block.block_id),
  );
  const wanted = state.strands.map(({ number }) => `strand:S${number}`);
  expect(ids.filter((id) => id?.startsWith("strand:"))).toEqual(wanted);
});

test("the next best step is the first button, and five more and the way to the rest stand beside it", () => {
  const buttons = buttonsOf(renderMessage({ kind: "panel" }, busy, extras).blocks);
  expect(buttons.map(({ action_id: id, style }) => [id, style])).toEqual([
    ["end-lever", "primary"],
    ["answer-layers", undefined],
    ["add-evidence", undefined],
    ["stabilize", undefined],
    ["checklist", undefined],
    ["catch-up", undefined],
    ["more", undefined],
  ]);
  const fresh = buttonsOf(renderMessage({ kind: "panel" }, incidentState(), extras).blocks);
  expect(fresh.map(({ action_id: id }) => id)).toEqual([
    // beside the first task, in a row of its own
    "no-failing-request",
    "answer-layers",
    "add-evidence",
    "stabilize",
    "checklist",
    "catch-up",
    "more",
  ]);
});

test("every button of Home, of the panel and behind More does something", () => {
  const blocks = [
    ...renderHome(homeOf(1), "/incident").blocks,
    ...renderMessage({ kind: "panel" }, busy, extras).blocks,
    ...renderMessage({ kind: "update-reminder" }, busy, extras).blocks,
    ...moreModal.render({ state: busy }).blocks,
    ...renderCatchUp(crowded("word "), people.business).blocks,
    ...renderList({ incidents: [incident()], page: 0, total: 11, drills: 0 }).blocks,
  ] as KnownBlock[];
  const known = knownActions.map(({ actionId }) => actionId);
  for (const { action_id: id } of buttonsOf(blocks)) expect(known).toContain(id);
});

test("a late layer says so, one that is not late does not", () => {
  const told = JSON.stringify(renderMessage({ kind: "panel" }, busy, extras));
  expect(told).toContain("*late*, reminded <!date^");
  expect(JSON.stringify(renderMessage({ kind: "panel" }, incidentState(), extras))).not.toContain(
    "late",
  );
});

test.each([
  [
    { onsetAt: at("00:00"), noticedAt: at("09:10") },
    "Seen 9 hours after it began, declared 10 minutes later.",
  ],
  [
    { onsetAt: new Date("2026-03-04T09:00:00Z"), noticedAt: at("09:10") },
    "Seen 5 days after it began, declared 10 minutes later.",
  ],
  [{ onsetAt: at("09:15"), noticedAt: null }, "Declared 5 minutes after it began."],
  [
    { onsetAt: null, noticedAt: at("09:19") },
    "Seen 1 minute before it was declared. When it began is not recorded yet.",
  ],
  [{ onsetAt: null, noticedAt: null }, "When it began is not recorded yet."],
])("detection lag in words: %o", (facts, words) => {
  expect(detectionLag({ declaredAt: at("09:20"), ...facts })).toBe(words);
});

test("the forms give back what was put into them", () => {
  const view = setRoleModal.render({ state: busy, role: "scribe", presser: people.declarer });
  expect(submit(setRoleModal, view, { role: "model", stand_in: people.approver })).toEqual({
    incidentId: busy.incident.id,
    role: "model",
    person: people.declarer,
    standIn: people.approver,
  });
  const update = postUpdateModal.render({ state: busy, entries: [] });
  expect(submit(postUpdateModal, update, { text: "  It works again. " })).toEqual({
    incidentId: busy.incident.id,
    text: "It works again.",
  });
  expect(postUpdateModal.parse(fillForm(update, { text: " " }), "")).toMatchObject({ ok: false });
});

test("whoever may not see incidents finds one sentence in Home", () => {
  expect(homeFaults(renderClosedHome("Guests cannot take part in incidents here."))).toEqual([]);
});

function homeIncident(
  number: number,
  title = "Assistant answers by the old travel rule",
): HomeIncident {
  return { ...incident({ number, title }), id: number as IncidentId };
}

/** A Home with so many of everything, of which the first are shown. */
function homeOf(count: number, text = "Index job fails when it skips a document"): Home {
  const some = <Item>(most: number, item: (nth: number) => Item) => ({
    first: Array.from({ length: Math.min(count, most) }, (_, index) => item(index + 1)),
    total: count,
  });
  const title = text.slice(0, 150);
  return {
    answers: some(8, (nth) => ({
      incident: homeIncident(nth, title),
      layers: layerIds.slice(0, nth),
    })),
    levers: some(5, (nth) => ({
      incident: homeIncident(nth, title),
      number: nth,
      lever: "other",
      ownWords: text,
    })),
    actions: some(8, (nth) => ({
      incident: homeIncident(nth, title),
      number: nth,
      title: text,
      dueOn: "2026-03-23",
      issueUrl: nth === 1 ? null : "https://github.com/example/assistant/issues/41",
    })),
    incidents: some(10, (nth) => ({ ...homeIncident(nth, title), isMine: nth === 1 })),
    services: some(10, (nth) => ({ name: `${nth}${title}`, owns: layerIds, standsIn: layerIds })),
  };
}

/** A Home takes 100 blocks; in everything else what holds for a form without inputs holds for it. */
function homeFaults(view: HomeView): string[] {
  return modalFaults({
    ...view,
    type: "modal",
    callback_id: "home",
    title: { type: "plain_text", text: "Home" },
  });
}

interface PressedButton {
  type: string;
  action_id: string;
  style?: string;
}

function buttonsOf(blocks: readonly KnownBlock[]): PressedButton[] {
  return blocks.flatMap((block) => {
    if (block.type === "actions") return block.elements as unknown as PressedButton[];
    if (block.type === "section" && block.accessory) return [block.accessory as PressedButton];
    return [];
  });
}
