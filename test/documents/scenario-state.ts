/**
 * The record of an incident as a scenario's data says it ends: its strands, items with their figures,
 * answers, rows and verdicts, built from the YAML without playing a step. What the data does not say
 * (who typed it, the minute) is made up the same way each time.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { IncidentRecord } from "#src/documents/record.ts";
import type { Answer, EvidenceItem, RowAnswer } from "#src/domain/evidence.ts";
import {
  type Incident,
  type IncidentState,
  nothingYet,
  type Verdict,
} from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Slice, Strand } from "#src/domain/strand.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import type { Confidence, FactorCategory, GapKind } from "#src/domain/vocabulary.ts";
import type {
  Scenario,
  ScenarioAnswer,
  ScenarioEvidence,
  ScenarioRow,
  ScenarioStrand,
} from "#sandbox/scenario.ts";
import { nothingLearned, plainEvidence, plainStrand } from "#test/support/not-yet.ts";
import { incident as plainIncident, incidentState } from "#test/support/factories.ts";
import { figuresOf } from "#test/support/scenario-figures.ts";

/** What the loader of the sandbox leaves untyped, since nobody plays it. */
interface Expected extends Omit<ScenarioStrand, "expected"> {
  end: { at: string }[];
  expected: {
    verdicts: {
      layer: LayerId;
      confidence: Confidence;
      scope: Slice;
      positive: string[];
      approver_needed: boolean;
    }[];
    conditions: { layer: LayerId; contribution: string }[];
  };
}
interface Data extends Omit<Scenario, "strands"> {
  strands: Expected[];
  control_plane_events: NonNullable<Scenario["control_plane_events"]>;
  hypotheses: { claim: string; layer: LayerId; strand_ids: string[]; raised_at: string }[];
}

/** The record of `s1`, `s2` or `s3` when all of its verdicts stand. A fresh copy at each call. */
export function scenarioRecord(file: string): IncidentRecord {
  const path = join(import.meta.dirname, "..", "..", "scenarios", file);
  const data = parse(readFileSync(path, "utf8")) as Data;
  const state = stateOf(data);
  return {
    state,
    timeline: timelineOf(state),
    refusals: [
      {
        attempted: "set-verdict",
        rules: ["R1"],
        missing: ["infrastructure"],
        sentence:
          "Model cannot be named yet, because nobody has answered for Infrastructure: ask the owner, “cannot tell” counts.",
        actor: userOf("coordinator"),
        recordedAt: new Date(Date.parse(data.detection.declared) + 3_600_000),
      },
    ],
    names: new Map(data.people.map(({ handle }) => [userOf(handle), handle])),
    similar: [],
    versions: null,
  };
}

function userOf(handle: string): UserId {
  return `U0${handle.toUpperCase().replaceAll("_", "")}` as UserId;
}

function stateOf(data: Data): IncidentState {
  const declaredAt = new Date(data.detection.declared);
  const recordedAt = new Date(declaredAt.getTime() + 7_200_000);
  const evidence = data.evidence.map((item, at) => itemOf(data, item, at, recordedAt));
  const numbered = (ids: readonly string[]) =>
    ids.map((id) => data.evidence.findIndex((one) => one.id === id) + 1).filter((one) => one > 0);
  return incidentState({
    ...nothingLearned,
    incident: incidentOf(data, declaredAt),
    strands: data.strands.map(strandOf),
    evidence,
    answers: data.strands.flatMap((strand, at) =>
      strand.answers.map((one) => answerOf(one, at + 1, numbered, recordedAt)),
    ),
    rowAnswers: data.strands.flatMap((strand, at) =>
      strand.matrix.map((row) => rowOf(row, at + 1, numbered, recordedAt)),
    ),
    verdicts: data.strands.flatMap((strand, at) =>
      verdictsOf(strand, at + 1, numbered, recordedAt),
    ),
    splitAnswers:
      data.strands.length > 1
        ? [
            {
              number: 1,
              strandNumber: 1,
              evidenceNumbers: evidence.map(({ number }) => number),
              isAccepted: true,
              newStrands: data.strands.slice(1).map((_, at) => at + 2),
              why: null,
              author: userOf("coordinator"),
              recordedAt,
            },
          ]
        : [],
    hypotheses: (data.hypotheses ?? []).map((one, at) => ({
      number: at + 1,
      strandNumber: strandNumber(data, one.strand_ids[0] ?? ""),
      layer: one.layer,
      statement: one.claim,
      isClaim: false,
      author: userOf("coordinator"),
      raisedAt: new Date(one.raised_at),
    })),
    dissents: data.dissents.map((one, at) => ({
      number: at + 1,
      strandNumber: strandNumber(data, one.strand),
      layer: one.layer as LayerId,
      statement: one.text,
      author: userOf(one.by),
      recorder: userOf(one.by),
      recordedAt: new Date(recordedAt.getTime() + 600_000),
    })),
    factors: data.contributing_factors.map((one, at) => ({
      number: at + 1,
      category: one.cat as FactorCategory,
      layer: one.layer as LayerId,
      statement: one.text,
      interactsWith: one.interacts_with.map(
        (id) => data.contributing_factors.findIndex((other) => other.id === id) + 1,
      ),
      recorder: userOf("coordinator"),
      recordedAt,
    })),
    gaps: data.detection_gaps.map((one, at) => ({
      number: at + 1,
      kind: one.kind as GapKind,
      layer: one.layer as LayerId,
      statement: one.text,
      recorder: userOf("coordinator"),
      recordedAt,
    })),
  });
}

function incidentOf(data: Data, declaredAt: Date): Incident {
  const closedAt = new Date(declaredAt.getTime() + 20 * 86_400_000);
  return plainIncident({
    ...nothingYet,
    number: 1,
    title: data.title,
    slug: data.id.toLowerCase(),
    severity: data.severity.internal as Incident["severity"],
    status: "closed",
    phase: "learning",
    serviceName: "assistant",
    userImpact: data.strands[0]?.symptom ?? null,
    incidentClass: data.classes.primary as Incident["incidentClass"],
    onsetAt: new Date(data.strands[0]?.onset?.from ?? declaredAt),
    noticedAt: new Date(data.detection.detected),
    noticedHow: data.detection.sources[0] as Incident["noticedHow"],
    declaredBy: userOf("declarer"),
    coordinator: userOf("coordinator"),
    postmortemDriver: userOf("coordinator"),
    declaredAt,
    closedAt,
    closedBy: userOf("coordinator"),
    closedAs: "attributed",
    diagnosedAt: new Date(declaredAt.getTime() + 7_200_000),
    recoveredAt: closedAt,
  });
}

function strandNumber(data: Data, id: string): number {
  return data.strands.findIndex((one) => one.id === id) + 1;
}

function strandOf(strand: Expected, at: number): Strand {
  const ends = strand.end.map((one) => one.at).toSorted();
  return {
    number: at + 1,
    name: strand.name,
    windowFrom: strand.onset ? new Date(strand.onset.from) : null,
    windowTo: ends.length > 0 ? new Date(ends.at(-1) ?? "") : null,
    slice: strand.slice ?? {},
    ...plainStrand,
    symptom: strand.symptom,
  };
}

function itemOf(data: Data, item: ScenarioEvidence, at: number, recordedAt: Date): EvidenceItem {
  const author = userOf(item.author);
  return {
    number: at + 1,
    kind: item.kind as EvidenceItem["kind"],
    what: item.what,
    strandNumbers: item.strand_ids.map((id) => strandNumber(data, id)),
    slice: item.slice ?? {},
    data: figuresOf(data, item),
    link: null,
    ...plainEvidence,
    supports: item.supports as LayerId[],
    contradicts: item.contradicts as LayerId[],
    clears: item.clears as LayerId[],
    isVerified: item.kind === "E10" ? true : null,
    author,
    recorder: author,
    recordedAt,
  };
}

type Numbered = (ids: readonly string[]) => number[];

function answerOf(
  one: ScenarioAnswer,
  strand: number,
  numbered: Numbered,
  recordedAt: Date,
): Answer {
  const author = userOf(one.author);
  return {
    layer: one.layer as LayerId,
    strandNumbers: [strand],
    change: one.state === "answered" ? one.answer : one.state,
    isSourceComplete: one.change_source_complete,
    standsForAllQuestions: true,
    questionAnswers: {},
    sentence: one.note ?? null,
    evidenceNumbers: numbered(one.evidence_ids),
    author,
    recorder: author,
    recordedAt,
    revision: strand,
  };
}

function rowOf(row: ScenarioRow, strand: number, numbered: Numbered, recordedAt: Date): RowAnswer {
  return {
    strandNumber: strand,
    claimedLayer: row.layer as LayerId,
    row: row.row,
    reading: row.cannot_tell ? "cannot_tell" : row.speaks_for ? "points_to" : "rules_out",
    pointsTo: (row.speaks_for as LayerId | undefined) ?? null,
    sentence: row.answer,
    evidenceNumbers: numbered(row.evidence_ids),
    author: userOf(row.author),
    recorder: userOf("coordinator"),
    recordedAt,
    revision: 1,
  };
}

function verdictsOf(
  strand: Expected,
  number: number,
  numbered: Numbered,
  recordedAt: Date,
): Verdict[] {
  const plain = {
    strandNumber: number,
    confidence: null,
    scope: {},
    contribution: null,
    reason: null,
    locus: "ours" as const,
    evidenceNumbers: [],
    approver: null,
    recordedAt,
  };
  const byOwner = (layer: string) => {
    const author = userOf(`owner_${layer}`);
    return { author, recorder: author };
  };
  const answered = strand.answers.flatMap((one): Omit<Verdict, "revision">[] =>
    one.verdict === "cleared" || one.verdict === "not_applicable"
      ? [
          {
            ...plain,
            layer: one.layer as LayerId,
            verdict: one.verdict,
            reason: one.verdict === "not_applicable" ? (one.note ?? null) : null,
            ...byOwner(one.layer),
          },
        ]
      : [],
  );
  const named = strand.expected.verdicts.map((one): Omit<Verdict, "revision"> => ({
    ...plain,
    layer: one.layer,
    verdict: "proximate",
    confidence: one.confidence,
    scope: one.scope,
    reason:
      one.approver_needed && one.confidence === "probable"
        ? "The suite was run once before and once after, and cannot be repeated."
        : null,
    evidenceNumbers: numbered(one.positive),
    approver: one.approver_needed ? userOf("approver") : null,
    ...byOwner(one.layer),
  }));
  const conditions = strand.expected.conditions.map((one): Omit<Verdict, "revision"> => ({
    ...plain,
    layer: one.layer,
    verdict: "contributing",
    contribution: one.contribution,
    ...byOwner(one.layer),
  }));
  return [...answered, ...named, ...conditions].map((one, at) => ({ ...one, revision: at + 1 }));
}

/** The entries that the state itself tells of; enough for a chain. */
function timelineOf(state: IncidentState): TimelineEntry[] {
  const told: Pick<TimelineEntry, "kind" | "actor" | "happenedAt" | "data">[] = [
    {
      kind: "incident_declared",
      actor: state.incident.declaredBy,
      happenedAt: state.incident.declaredAt,
      data: { title: state.incident.title, severity: state.incident.severity, isDrill: false },
    },
    ...state.evidence.map(({ number, kind, what, author, recorder, recordedAt }) => ({
      kind: "evidence_recorded" as const,
      actor: recorder,
      happenedAt: recordedAt,
      data: { evidence: number, evidenceKind: kind, what, author },
    })),
    ...state.verdicts.map((one) => ({
      kind: "verdict_set" as const,
      actor: one.author,
      happenedAt: one.recordedAt,
      data: {
        strand: one.strandNumber,
        layer: one.layer,
        verdict: one.verdict,
        confidence: one.confidence,
        contribution: one.contribution,
        author: one.author,
      },
    })),
  ];
  return told.map((entry, index) => ({
    ...entry,
    lane: "diagnosis",
    sequence: index + 1,
    recordedAt: entry.happenedAt,
    hash: String(index + 1),
  }));
}
