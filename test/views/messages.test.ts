// Goal: what people read in channels and direct messages says what they need, at each moment of an incident.
// Method: golden files of every message in the states that change it, and a few sentences held by hand.

import { expect, test } from "vitest";
import type { MessageRef } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { renderHelp } from "#views/messages/help.ts";
import { renderList } from "#views/messages/list.ts";
import type { MessageContent, MessageExtras } from "#views/messages/message-content.ts";
import { renderPickIncident } from "#views/messages/pick-incident.ts";
import { renderMessage } from "#views/messages/render-message.ts";
import { renderStatus } from "#views/messages/status.ts";
import { messageFaults } from "#test/support/block-kit-limits.ts";
import {
  answer,
  at,
  attributedState,
  correctiveAction,
  evidenceItem,
  incident,
  incidentState,
  leverUse,
  people,
  strand,
  verdict,
} from "#test/support/factories.ts";
import { expectGolden } from "#test/support/golden.ts";
import { plainOwner } from "#test/support/not-yet.ts";

const extras: MessageExtras = {
  botCommand: "/incident",
  canFileIssues: true,
  canProposePostmortem: true,
};
const noGitHub = { canFileIssues: false, canProposePostmortem: false };

const fresh = incidentState();
const halfAnswered = incidentState({
  incident: { phase: "diagnosing" },
  answers: [
    answer("model"),
    answer("prompt_policy"),
    answer("infrastructure", { change: "cannot_tell", isSourceComplete: false }),
  ],
  evidence: [evidenceItem()],
  levers: [leverUse()],
});
const closed = attributedState({
  incident: {
    status: "closed",
    phase: "learning",
    closedAt: at("16:00"),
    closedBy: people.coordinator,
    closedAs: "attributed",
    postmortemUrl: "https://github.com/example/postmortems/pull/3",
  },
  levers: [],
});
const undetermined = incidentState({
  incident: {
    status: "closed",
    phase: "learning",
    closedAt: at("16:00"),
    closedBy: people.coordinator,
    closedAs: "undetermined",
    closeApprover: people.approver,
  },
});
const ended = {
  endedAt: at("15:30"),
  endedHow: "taken_back",
  endedBy: people.orchestration,
  endedWhy: "the index is rebuilt, ten of ten travel questions follow the rule in force",
} as const;

const cases: [
  name: string,
  ref: MessageRef,
  state: IncidentState,
  extras?: Partial<MessageExtras>,
][] = [
  ["panel-fresh", { kind: "panel" }, fresh],
  ["panel-half-answered", { kind: "panel" }, halfAnswered],
  ["panel-attributed", { kind: "panel" }, attributedState()],
  ["panel-closed", { kind: "panel" }, closed],
  [
    "panel-no-owners-no-github",
    { kind: "panel" },
    incidentState({
      incident: {
        serviceName: null,
        userImpact: null,
        incidentClass: null,
        isSeverityUnsure: true,
      },
      owners: [],
    }),
    noGitHub,
  ],
  [
    "panel-drill-two-strands",
    { kind: "panel" },
    attributedState({
      incident: { isDrill: true },
      strands: [
        strand(),
        strand({ number: 2, name: "refusals in region eu-1", slice: { region: ["eu-1"] } }),
      ],
    }),
  ],
  [
    "announcement-fresh",
    { kind: "announcement" },
    incidentState({ incident: { channelId: null } }),
  ],
  ["announcement-half-answered", { kind: "announcement" }, halfAnswered],
  ["announcement-closed", { kind: "announcement" }, closed],
  ["evidence-request-fresh", { kind: "evidence-request" }, fresh],
  ["evidence-request-half-answered", { kind: "evidence-request" }, halfAnswered],
  ["evidence-request-answered", { kind: "evidence-request" }, attributedState()],
  ["evidence-request-closed", { kind: "evidence-request" }, closed],
  [
    "evidence-request-group",
    { kind: "evidence-request" },
    incidentState({
      owners: [{ layer: "model", userId: null, groupId: "S0MODEL", ...plainOwner }],
    }),
  ],
  ["evidence-request-dm-fresh", { kind: "evidence-request-dm", userId: people.model }, fresh],
  [
    "evidence-request-dm-answered",
    { kind: "evidence-request-dm", userId: people.model },
    halfAnswered,
  ],
  ["lever-claimed", { kind: "lever", leverNumber: 1 }, halfAnswered],
  ["lever-confirmed", { kind: "lever", leverNumber: 1 }, attributedState()],
  [
    "lever-declined",
    { kind: "lever", leverNumber: 1 },
    incidentState({ levers: [leverUse({ state: "declined", answeredAt: at("09:55") })] }),
  ],
  [
    "lever-ended",
    { kind: "lever", leverNumber: 1 },
    incidentState({ levers: [leverUse({ state: "confirmed", ...ended })] }),
  ],
  ["lever-dm-claimed", { kind: "lever-dm", leverNumber: 1, userId: people.business }, halfAnswered],
  [
    "lever-dm-confirmed",
    { kind: "lever-dm", leverNumber: 1, userId: people.business },
    attributedState(),
  ],
  ["evidence", { kind: "evidence", evidenceNumber: 2 }, attributedState()],
  [
    "verdict-proximate",
    { kind: "verdict", strandNumber: 1, layer: "retrieval_data" },
    attributedState(),
  ],
  [
    "verdict-contributing",
    { kind: "verdict", strandNumber: 1, layer: "integration_ui" },
    attributedState(),
  ],
  ["action-filing", { kind: "action", actionNumber: 2 }, attributedState()],
  ["action-filed", { kind: "action", actionNumber: 1 }, attributedState()],
  ["action-no-github", { kind: "action", actionNumber: 2 }, attributedState(), noGitHub],
  ["closed-attributed", { kind: "closed" }, closed],
  ["closed-undetermined", { kind: "closed" }, undetermined],
  ["closed-no-github", { kind: "closed" }, undetermined, noGitHub],
  [
    "trouble",
    { kind: "trouble", effectId: "e1" },
    fresh,
    {
      trouble: {
        what: "file the GitHub issue of action 1",
        reason:
          "GitHub does not know the login “octo-retrieval”. File the action again with the right login.",
      },
    },
  ],
];

test.each(cases)("the message %s reads as in its golden file", (name, ref, state, more) => {
  check(`message-${name}`, renderMessage(ref, state, { ...extras, ...more }));
});

const entries = [
  {
    usage: "declare [title] [--drill]",
    summary: "Declare an incident. A title and a severity are enough.",
  },
  { usage: "evidence", summary: "Record what you have seen." },
  { usage: "help", summary: "See what you can type." },
];

const replies: [name: string, reply: MessageContent][] = [
  ["status", renderStatus(halfAnswered, { isGitHubConfigured: true, canProposePostmortem: true })],
  [
    "list",
    renderList({
      incidents: [
        incident(),
        incident({
          number: 13,
          channelId: null,
          severity: "SEV1",
          title: "Refusals in region eu-1",
        }),
      ],
      page: 0,
      total: 23,
      drills: 1,
    }),
  ],
  ["list-empty", renderList({ incidents: [], page: 0, total: 0, drills: 0 })],
  ["help", renderHelp(entries, "/incident")],
  ["help-mistyped", renderHelp(entries, "/incident", { unknown: "evidnce", nearest: "evidence" })],
  [
    "pick-incident",
    renderPickIncident([incident(), incident({ id: 8 as never, number: 13 })], "evidence"),
  ],
];

test.each(replies)("the answer %s reads as in its golden file", (name, reply) => {
  check(`reply-${name}`, reply);
});

test("the announcement says nothing that changes while nobody writes it anew", () => {
  const render = (state: IncidentState) => renderMessage({ kind: "announcement" }, state, extras);
  const before = render(fresh);
  expect(render(halfAnswered)).toEqual(before);
  expect(before.text).toContain("Incident 12 (SEV2, open): ");
});

test("nothing is promised of GitHub where nobody will do it", () => {
  const told = (ref: MessageRef, state: IncidentState, more = noGitHub) =>
    JSON.stringify(renderMessage(ref, state, { ...extras, ...more }));
  const byHand = "kept in the incident's record, and filed once one is set up";
  expect(told({ kind: "action", actionNumber: 2 }, attributedState())).toContain(byHand);
  expect(told({ kind: "panel" }, fresh)).toContain("filed once one is set up");
  expect(told({ kind: "closed" }, undetermined)).not.toContain("being proposed");
  expect(told({ kind: "closed" }, undetermined)).toContain("is being attached to the channel");
  const { incident } = undetermined;
  const attached = { ...undetermined, incident: { ...incident, postmortemFileAt: at("16:05") } };
  for (const kind of ["closed", "panel"] as const) {
    expect(told({ kind }, attached)).toContain("The postmortem is attached to the channel");
  }
  const issuesAlone = { canFileIssues: true, canProposePostmortem: false };
  expect(told({ kind: "panel" }, undetermined, issuesAlone)).not.toContain("being proposed");
});

test("the end of the response counts the issues that are there", () => {
  const told = JSON.stringify(renderMessage({ kind: "closed" }, closed, extras));
  expect(told).toContain("2 corrective actions, 1 filed as an issue.");
  expect(told).not.toContain("learned");
});

test("who was named as approver is not said to have approved", () => {
  const named = attributedState({
    verdicts: [
      verdict("retrieval_data", {
        verdict: "proximate",
        confidence: "suspected",
        approver: people.approver,
      }),
    ],
  });
  const ref = { kind: "verdict", strandNumber: 1, layer: "retrieval_data" } as const;
  for (const message of [
    renderMessage(ref, named, extras),
    renderMessage({ kind: "closed" }, undetermined, extras),
  ]) {
    const told = JSON.stringify(message);
    expect(told).toContain(`<@${people.approver}> is named as approver by <@`);
    expect(told).not.toMatch(/approved/i);
  }
});

test("a message about something that the incident does not have is a fault of ours", () => {
  expect(() => renderMessage({ kind: "lever", leverNumber: 9 }, fresh, extras)).toThrow(
    "no lever of number 9",
  );
  expect(() => renderMessage({ kind: "trouble", effectId: "e1" }, fresh, extras)).toThrow(
    "without its trouble",
  );
});

test("a verdict that no longer stands is said to be gone", () => {
  const message = renderMessage(
    { kind: "verdict", strandNumber: 1, layer: "model" },
    fresh,
    extras,
  );
  expect(message.text).toContain("No verdict stands for Model.");
});

test("what people typed reaches nobody else and formats nothing, wherever it is shown", () => {
  const nasty = "<!channel> `rm` *bold* | <@U0EVERY> https://evil.example & ‮drawkcab";
  const state = attributedState({
    incident: { title: nasty, userImpact: nasty, serviceName: nasty },
    strands: [strand({ name: nasty }), strand({ number: 2, name: nasty })],
    evidence: [evidenceItem({ what: nasty, link: "https://example.com/|<!channel>" })],
    levers: [
      leverUse({
        lever: "other",
        ownWords: nasty,
        tradeoff: nasty,
        revertCondition: nasty,
        scope: nasty,
        savedFirst: nasty,
      }),
    ],
    verdicts: [
      verdict("model", {
        verdict: "contributing",
        contribution: nasty,
        scope: { [nasty]: [nasty] },
      }),
    ],
    actions: [correctiveAction({ title: nasty, criterion: nasty, enforcement: nasty })],
  });
  const refs: MessageRef[] = [
    { kind: "panel" },
    { kind: "announcement" },
    { kind: "evidence-request" },
    { kind: "lever", leverNumber: 1 },
    { kind: "lever-dm", leverNumber: 1, userId: people.business },
    { kind: "evidence", evidenceNumber: 1 },
    { kind: "verdict", strandNumber: 1, layer: "model" },
    { kind: "action", actionNumber: 1 },
    { kind: "closed" },
  ];
  for (const ref of refs) {
    const message = renderMessage(ref, state, extras);
    // messageFaults fails on markup that is not ours
    expect(messageFaults(message)).toEqual([]);
    expect(message.text).not.toMatch(/<!channel>|<@U0EVERY>/);
    expect(markupOf(message.blocks)).not.toMatch(/`rm`|\*bold\*.*\|/);
  }
});

/** All markup in these blocks; plain text is left out, since Slack reads nothing in it. */
function markupOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(markupOf).join("\n");
  if (typeof value !== "object" || value === null) return "";
  const node = value as { type?: string; text?: unknown };
  if (node.type === "mrkdwn") return String(node.text);
  return Object.values(value).map(markupOf).join("\n");
}

function check(name: string, message: MessageContent): void {
  expect(messageFaults(message)).toEqual([]);
  expect(message.text).toMatch(/[.?]$/);
  expectGolden(`views/${name}`, message);
}
