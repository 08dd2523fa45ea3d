import { figuresFromFile } from "#src/domain/attribution-file/figures-format.ts";
import type { AttributionFile } from "#src/domain/attribution-file/format.ts";
import {
  type IncidentId,
  type IncidentState,
  leverExtrasNotYet,
  nothingYet,
} from "#src/domain/incident.ts";
import type { LeverId } from "#src/domain/lever.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";

/**
 * The state that a file tells of, as far as a rule looks at it: strands, items, answers, rows, verdicts,
 * answers to suggested splits, and levers. People are their names. All else is as of a new incident.
 */
export function stateOf(file: AttributionFile): IncidentState {
  return {
    incident: incidentOf(file),
    owners: [],
    memberIds: [],
    strands: file.strands.map((one) => ({
      number: numberOf(one.id),
      name: one.name,
      windowFrom: date(one.window.from),
      windowTo: date(one.window.to),
      slice: one.slice,
      symptom: one.symptom,
      addedBy: null,
      addedAt: null,
      parkedWhy: one.parked_why,
      parkedUntil: one.parked_until,
      failureType: one.failure_type,
      failureTypeBy: person(one.failure_type_by),
    })),
    answers: file.answers.map((one) => ({
      layer: one.layer,
      strandNumbers: one.strands?.map(numberOf) ?? null,
      change: one.change,
      isSourceComplete: one.source_complete,
      standsForAllQuestions: one.stands_for_all_questions,
      questionAnswers: one.question_answers,
      sentence: one.sentence,
      evidenceNumbers: one.evidence.map(numberOf),
      ...written(one),
      revision: one.revision,
    })),
    evidence: file.evidence.map((one) => ({
      number: numberOf(one.id),
      kind: one.kind,
      what: one.what,
      strandNumbers: one.strands.map(numberOf),
      slice: one.slice,
      data: figuresFromFile(one.figures),
      link: one.link,
      source: one.source,
      isVerified: one.verified,
      verifiedBy: person(one.verified_by),
      verifiedAt: date(one.verified_at),
      supports: one.supports,
      contradicts: one.contradicts,
      clears: one.clears,
      ...written(one),
    })),
    rowAnswers: file.rows.map((one) => ({
      strandNumber: numberOf(one.strand),
      claimedLayer: one.claimed_layer,
      row: one.row,
      reading: one.reading,
      pointsTo: one.points_to,
      sentence: one.sentence,
      evidenceNumbers: one.evidence.map(numberOf),
      ...written(one),
      revision: one.revision,
    })),
    verdicts: file.verdicts.map((one) => ({
      strandNumber: numberOf(one.strand),
      layer: one.layer,
      verdict: one.verdict,
      confidence: one.confidence,
      scope: one.scope,
      contribution: one.contribution,
      reason: one.reason,
      locus: one.locus,
      evidenceNumbers: one.evidence.map(numberOf),
      approver: person(one.approver),
      ...written(one),
      revision: one.revision,
    })),
    pastVerdicts: [],
    levers: file.levers.map((one) => ({
      ...leverExtrasNotYet,
      number: numberOf(one.id),
      lever: one.lever as LeverId,
      ownWords: one.own_words,
      layer: one.layer,
      state: one.state,
      authorizer: nobody,
      recorder: nobody,
      tradeoff: "",
      revertCondition: "",
      scope: null,
      savedFirst: null,
      startedAt: new Date(file.incident.declared),
      answeredAt: null,
      endedAt: null,
      endedHow: null,
      endedBy: null,
      endedWhy: null,
    })),
    actions: [],
    dissents: file.dissents.map((one) => ({
      number: numberOf(one.id),
      strandNumber: numberOf(one.strand),
      layer: one.layer,
      statement: one.statement,
      ...written(one),
    })),
    factors: [],
    gaps: [],
    goldens: [],
    risks: [],
    detectionAnswers: [],
    splitAnswers: file.split_answers.map((one) => ({
      number: one.number,
      strandNumber: numberOf(one.strand),
      evidenceNumbers: one.evidence.map(numberOf),
      isAccepted: one.accepted,
      newStrands: one.new_strands.map(numberOf),
      why: one.why,
      author: one.author as UserId,
      recordedAt: new Date(one.recorded_at),
    })),
    hypotheses: file.hypotheses.map((one) => ({
      number: numberOf(one.id),
      strandNumber: numberOf(one.strand),
      layer: one.layer,
      statement: one.statement,
      isClaim: one.is_claim,
      author: one.author as UserId,
      raisedAt: new Date(one.raised_at),
    })),
    similarIncidents: [],
    ledgerChanges: [],
    sourceMarks: [],
    reminders: [],
    lastSequence: file.timeline.length,
  };
}

/** The file does not say who: no rule asks. */
const nobody = "" as UserId;

function incidentOf({ incident }: AttributionFile): IncidentState["incident"] {
  return {
    ...nothingYet,
    id: incident.number as IncidentId,
    teamId: "" as TeamId,
    number: incident.number,
    title: incident.title,
    slug: "",
    severity: incident.severity,
    isSeverityUnsure: false,
    status: incident.status,
    phase: "declared",
    serviceName: incident.service,
    userImpact: null,
    incidentClass: null,
    onsetAt: date(incident.onset),
    noticedAt: date(incident.noticed),
    noticedHow: null,
    isPrivate: false,
    isDrill: incident.drill,
    channelId: null,
    channelName: "",
    declaredBy: nobody,
    declaredAt: new Date(incident.declared),
    coordinator: nobody,
    postmortemDriver: nobody,
    closedAt: date(incident.closed),
    closedBy: null,
    closedAs: incident.closed_as,
    closeApprover: null,
    postmortemUrl: null,
  };
}

function written(one: { author: string; recorder: string; recorded_at: string }) {
  return {
    author: one.author as UserId,
    recorder: one.recorder as UserId,
    recordedAt: new Date(one.recorded_at),
  };
}

/** 12 of "EV12". */
function numberOf(id: string): number {
  return Number(id.replace(/^[A-Z]+/, ""));
}

function person(name: string | null): UserId | null {
  return name as UserId | null;
}

function date(at: string | null): Date | null {
  return at === null ? null : new Date(at);
}
