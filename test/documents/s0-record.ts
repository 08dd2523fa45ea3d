/**
 * An incident of the kind of scenario S0 as a postmortem is written from it: state, timeline, refusals
 * and names. Built by hand, so that the golden file shows every section that has content.
 */
import type { IncidentRecord } from "#src/documents/record.ts";
import type { UserId } from "#src/domain/person.ts";
import type { NewTimelineEntry, TimelineEntry } from "#src/domain/timeline.ts";
import {
  at,
  authorizer,
  coordinator,
  declarer,
  incident,
  lever,
  ownerModel,
  ownerRetrieval,
  ownerTools,
  state,
  tradeoff,
} from "./s0-state.ts";

const bot = "U0BOT" as UserId;

const names = new Map<UserId, string>([
  [declarer, "declarer"],
  [coordinator, "coordinator"],
  [ownerModel, "model-owner"],
  [ownerRetrieval, "retrieval-owner"],
  [ownerTools, "tools-owner"],
  [authorizer, "authorizer"],
  // nobody told us the name of the infrastructure's owner
]);

const refusedFirst =
  "Model cannot be named yet, because nobody has answered for Retrieval & data and 4 other layers: ask the owner, “cannot tell” counts.";
const refusedSecond =
  "Retrieval & data cannot be named yet. First answer “Were the right documents retrieved but ignored?” in the checklist: the owner of Model can say, with one item of evidence or “cannot tell”.";
const closeRefused = `Take back “${lever}”, or keep it for good and say why: it is still in force.`;

const told: [time: string, entry: Omit<NewTimelineEntry, "happenedAt">][] = [
  [
    "09:20",
    {
      lane: "detection",
      kind: "incident_declared",
      actor: declarer,
      data: { title: incident.title, severity: "SEV3", isDrill: false },
    },
  ],
  [
    "09:10",
    {
      lane: "detection",
      kind: "impact_noticed",
      actor: declarer,
      data: { how: "support", userImpact: incident.userImpact },
    },
  ],
  [
    "09:21",
    {
      lane: "communication",
      kind: "channel_opened",
      actor: bot,
      data: { channelName: incident.channelName },
    },
  ],
  [
    "09:30",
    {
      lane: "diagnosis",
      kind: "claim_refused",
      actor: declarer,
      data: { attempted: "set-verdict", rules: ["R1"], sentence: refusedFirst },
    },
  ],
  [
    "09:50",
    {
      lane: "stabilization",
      kind: "lever_recorded",
      actor: coordinator,
      data: { lever: 1, leverId: "restrict_triggering", what: lever, authorizer, tradeoff },
    },
  ],
  [
    "09:52",
    {
      lane: "stabilization",
      kind: "lever_confirmed",
      actor: authorizer,
      data: { lever: 1, what: lever },
    },
  ],
  ...state.evidence.map((item): [string, Omit<NewTimelineEntry, "happenedAt">] => [
    item.recordedAt.toISOString().slice(11, 16),
    {
      lane: "diagnosis",
      kind: "evidence_recorded",
      actor: item.recorder,
      data: {
        evidence: item.number,
        evidenceKind: item.kind,
        what: item.what,
        author: item.author,
      },
    },
  ]),
  ...state.answers.map((one): [string, Omit<NewTimelineEntry, "happenedAt">] => [
    one.recordedAt.toISOString().slice(11, 16),
    {
      lane: "diagnosis",
      kind: "answer_recorded",
      actor: one.recorder,
      data: {
        layer: one.layer,
        change: one.change,
        sentence: one.sentence,
        author: one.author,
        revision: 1,
      },
    },
  ]),
  [
    "10:10",
    {
      lane: "diagnosis",
      kind: "claim_refused",
      actor: coordinator,
      data: { attempted: "set-verdict", rules: ["R9"], sentence: refusedSecond },
    },
  ],
  ...state.rowAnswers.map((one): [string, Omit<NewTimelineEntry, "happenedAt">] => [
    "10:40",
    {
      lane: "diagnosis",
      kind: "row_answered",
      actor: one.recorder,
      data: {
        row: one.row,
        claimedLayer: one.claimedLayer,
        reading: one.reading,
        pointsTo: null,
        sentence: one.sentence,
        author: one.author,
      },
    },
  ]),
  ...state.verdicts.map((one): [string, Omit<NewTimelineEntry, "happenedAt">] => [
    one.recordedAt.toISOString().slice(11, 16),
    {
      lane: "diagnosis",
      kind: "verdict_set",
      actor: one.author,
      data: {
        strand: 1,
        layer: one.layer,
        verdict: one.verdict,
        confidence: one.confidence,
        contribution: one.contribution,
        author: one.author,
      },
    },
  ]),
  ...state.actions.flatMap((action): [string, Omit<NewTimelineEntry, "happenedAt">][] => [
    [
      "11:02",
      {
        lane: "learning",
        kind: "action_recorded",
        actor: coordinator,
        data: {
          action: action.number,
          title: action.title,
          owner: action.owner,
          dueOn: action.dueOn,
        },
      },
    ],
    [
      "11:02",
      {
        lane: "learning",
        kind: "issue_filed",
        actor: bot,
        data: {
          action: action.number,
          issueNumber: action.issueNumber,
          url: action.issueUrl,
        },
      },
    ],
  ]),
  [
    "15:10",
    {
      lane: "learning",
      kind: "close_refused",
      actor: coordinator,
      data: { attempted: "close-incident", rules: ["B5"], sentence: closeRefused },
    },
  ],
  [
    "15:20",
    {
      lane: "stabilization",
      kind: "lever_ended",
      actor: ownerTools,
      data: {
        lever: 1,
        what: lever,
        how: "taken_back",
        why: "index rebuilt and ten travel questions answered by the rule in force",
        by: ownerTools,
      },
    },
  ],
  [
    "16:00",
    {
      lane: "learning",
      kind: "incident_closed",
      actor: coordinator,
      data: { closedAs: "attributed", approver: null },
    },
  ],
];

const onset: NewTimelineEntry = {
  lane: "detection",
  kind: "onset_estimated",
  happenedAt: new Date("2026-03-02T06:00:00Z"),
  actor: declarer,
  data: {},
};

const timeline = [onset, ...told.map(([time, entry]) => ({ ...entry, happenedAt: at(time) }))].map(
  (entry, index): TimelineEntry => ({
    ...entry,
    sequence: index + 1,
    recordedAt: entry.happenedAt,
    hash: String(index + 1),
  }),
);

/** A fresh copy of the record; what a test changes stays in that test. */
export function s0Record(): IncidentRecord {
  return structuredClone({
    state,
    timeline,
    similar: [],
    versions: null,
    refusals: [
      {
        attempted: "set-verdict",
        rules: ["R1", "R9"],
        missing: ["retrieval_data"],
        sentence: refusedFirst,
        actor: declarer,
        recordedAt: at("09:30"),
      },
      {
        attempted: "set-verdict",
        rules: ["R9"],
        missing: ["RD1", "RD2", "RD3", "RD4", "RD5"],
        sentence: refusedSecond,
        actor: coordinator,
        recordedAt: at("10:10"),
      },
      {
        attempted: "close-incident",
        rules: ["B5"],
        missing: ["LV1"],
        sentence: closeRefused,
        actor: coordinator,
        recordedAt: at("15:10"),
      },
    ],
    names,
  });
}
