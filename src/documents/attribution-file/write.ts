import { withMark } from "#src/domain/layer-state.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import {
  copied,
  figuresFromFile,
  figuresToFile,
} from "#src/domain/attribution-file/figures-format.ts";
import type { AttributionFile } from "#src/domain/attribution-file/format.ts";
import { ruleWords } from "#src/domain/attribution-file/rule-words.ts";
import { decisiveLayers } from "#src/domain/figures/demonstrations.ts";
import { findingOf } from "#src/domain/figures/read-figures.ts";
import { hypothesisNow } from "#src/domain/hypotheses.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { questionOf } from "#src/domain/opposing-answer.ts";
import { type LayerChange, outcomeOf } from "#src/domain/outcome.ts";
import type { UserId } from "#src/domain/person.ts";
import type { RuleRefusal } from "#src/domain/rejection.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { withNames } from "#src/documents/mentions.ts";
import type { IncidentRecord, Names } from "#src/documents/record.ts";
import { canonicalJson, type Sha256 } from "./canonical.ts";
import { chainOf } from "./chain.ts";

/** The record as the file has it; the same record gives the same file, in whatever order its rows come. */
export function writeFile(given: IncidentRecord, sha256: Sha256): AttributionFile {
  const { names } = given;
  const state = withNames(given.state, names);
  const by = handles(names);
  const maybe = (userId: UserId | null): string | null => userId && by(userId);
  const unsealed = {
    format: "faultline-attribution/1" as const,
    incident: incidentPart(state),
    rules: ruleWords.map((rule) => ({ ...rule })),
    strands: numbered(state.strands).map((strand) => ({
      id: strandId(strand.number),
      name: strand.name,
      window: { from: iso(strand.windowFrom), to: iso(strand.windowTo) },
      slice: copied(strand.slice),
      symptom: strand.symptom,
      failure_type: strand.failureType,
      failure_type_by: maybe(strand.failureTypeBy),
      parked_why: strand.parkedWhy,
      parked_until: strand.parkedUntil,
      outcome: outcomePart(state, strand.number),
    })),
    evidence: numbered(state.evidence).map((item) => {
      const figures = figuresToFile(item.data);
      // read as whoever reads the file will: its slices have their dimensions in order
      const data = figuresFromFile(figures);
      const finding = findingOf(item.kind, data);
      return {
        id: evidenceId(item.number),
        kind: item.kind,
        kind_words: evidenceKinds[item.kind],
        what: item.what,
        strands: item.strandNumbers.map(strandId),
        slice: copied(item.slice),
        figures,
        reading: finding && { id: finding.id, says: finding.sentence },
        decisive_for: decisiveLayers({ ...item, data }),
        link: item.link,
        source: item.source,
        verified: item.isVerified,
        verified_by: maybe(item.verifiedBy),
        verified_at: iso(item.verifiedAt),
        supports: item.supports,
        contradicts: item.contradicts,
        clears: item.clears,
        ...written(item, by),
      };
    }),
    answers: inLayerOrder(state.answers).map((one) => ({
      layer: one.layer,
      strands: one.strandNumbers?.map(strandId) ?? null,
      change: one.change,
      source_complete: withMark(state, one).isSourceComplete,
      stands_for_all_questions: one.standsForAllQuestions,
      question_answers: { ...one.questionAnswers },
      sentence: one.sentence,
      evidence: one.evidenceNumbers.map(evidenceId),
      ...written(one, by),
      revision: one.revision,
    })),
    rows: inStrandOrder(
      state.rowAnswers.map((one) => ({ ...one, layer: one.claimedLayer, within: one.row })),
    ).map((one) => ({
      strand: strandId(one.strandNumber),
      claimed_layer: one.claimedLayer,
      row: one.row,
      question: questionOf(one.row),
      reading: one.reading,
      points_to: one.pointsTo,
      sentence: one.sentence,
      evidence: one.evidenceNumbers.map(evidenceId),
      ...written(one, by),
      revision: one.revision,
    })),
    verdicts: inStrandOrder(state.verdicts.map((one) => ({ ...one, within: "" }))).map((one) => ({
      strand: strandId(one.strandNumber),
      layer: one.layer,
      verdict: one.verdict,
      confidence: one.confidence,
      scope: copied(one.scope),
      contribution: one.contribution,
      reason: one.reason,
      locus: one.locus,
      evidence: one.evidenceNumbers.map(evidenceId),
      approver: maybe(one.approver),
      ...written(one, by),
      revision: one.revision,
      check: checkPart(checkClaim(state, one)),
    })),
    split_answers: numbered(state.splitAnswers).map((one) => ({
      number: one.number,
      strand: strandId(one.strandNumber),
      evidence: one.evidenceNumbers.map(evidenceId),
      accepted: one.isAccepted,
      new_strands: one.newStrands.map(strandId),
      why: one.why,
      author: by(one.author),
      recorded_at: one.recordedAt.toISOString(),
    })),
    dissents: numbered(state.dissents).map((one) => ({
      id: `D${one.number}`,
      strand: strandId(one.strandNumber),
      layer: one.layer,
      statement: one.statement,
      ...written(one, by),
    })),
    hypotheses: numbered(state.hypotheses).map((one) => ({
      id: `H${one.number}`,
      strand: strandId(one.strandNumber),
      layer: one.layer,
      statement: one.statement,
      is_claim: one.isClaim,
      author: by(one.author),
      raised_at: one.raisedAt.toISOString(),
      became: hypothesisNow(state, one).fate,
    })),
    refusals: withNames(given.refusals, names)
      .toSorted((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime())
      .map((one) => ({
        attempted: one.attempted,
        rules: one.rules,
        missing: one.missing,
        says: one.sentence,
        actor: by(one.actor),
        recorded_at: one.recordedAt.toISOString(),
      })),
    levers: numbered(state.levers).map((use) => ({
      id: `LV${use.number}`,
      lever: use.lever,
      own_words: use.ownWords,
      layer: use.layer,
      state: use.state,
    })),
    // the timeline is read after the state: what came meanwhile is left out; 0: it does not say how far it goes
    timeline: chainOf(
      withNames(given.timeline, names),
      state.lastSequence || given.timeline.length,
      by,
      sha256,
    ),
  };
  const digest = sha256(canonicalJson(unsealed));
  return { ...unsealed, seal: { algorithm: "sha256", digest } };
}

/** What the rules say of a verdict: every rule that refuses, in their order. */
export function checkPart(
  refusal: RuleRefusal | undefined,
): AttributionFile["verdicts"][number]["check"] {
  if (!refusal) return { holds: true, refused_by: [] };
  const { rules, missing, sentence, others = [] } = refusal;
  const first = { rule: rules[0] ?? "", missing, says: sentence };
  return {
    holds: false,
    refused_by: [
      first,
      ...others.map((one) => ({ rule: one.rule, missing: one.missing, says: one.sentence })),
    ],
  };
}

/** The outcome of a strand as the file has it. */
export function outcomePart(
  state: IncidentState,
  strandNumber: number,
): AttributionFile["strands"][number]["outcome"] {
  const { kind, layers, changedFirst, completedBy } = outcomeOf(state, strandNumber);
  return {
    kind,
    layers,
    changed_first: changePart(changedFirst),
    completed_by: changePart(completedBy),
  };
}

function changePart(change: LayerChange | null) {
  if (!change) return null;
  const { layer, at, evidenceNumber } = change;
  return { layer, at: new Date(at).toISOString(), evidence: evidenceId(evidenceNumber) };
}

function incidentPart({ incident }: IncidentState): AttributionFile["incident"] {
  return {
    number: incident.number,
    title: incident.title,
    severity: incident.severity,
    status: incident.status,
    closed_as: incident.closedAs,
    drill: incident.isDrill,
    service: incident.serviceName,
    onset: iso(incident.onsetAt),
    noticed: iso(incident.noticedAt),
    declared: incident.declaredAt.toISOString(),
    closed: iso(incident.closedAt),
  };
}

/** The name of each person, as the postmortem has it; of two with one name, the second is "name (2)". */
function handles(names: Names): (userId: UserId) => string {
  const known = new Map<UserId, string>();
  const seen = new Map<string, number>();
  for (const [userId, name] of [...names].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    known.set(userId, times === 1 ? name : `${name} (${times})`);
  }
  return (userId) => known.get(userId) || userId;
}

function written(
  { author, recorder, recordedAt }: { author: UserId; recorder: UserId; recordedAt: Date },
  by: (userId: UserId) => string,
) {
  return { author: by(author), recorder: by(recorder), recorded_at: recordedAt.toISOString() };
}

function numbered<One extends { number: number }>(some: readonly One[]): One[] {
  return some.toSorted((a, b) => a.number - b.number);
}

function inLayerOrder(some: IncidentState["answers"]): IncidentState["answers"] {
  return some.toSorted(
    (a, b) => layerIds.indexOf(a.layer) - layerIds.indexOf(b.layer) || a.revision - b.revision,
  );
}

function inStrandOrder<
  One extends {
    strandNumber: number;
    layer: (typeof layerIds)[number];
    within: string;
    revision: number;
  },
>(some: readonly One[]): One[] {
  return some.toSorted(
    (a, b) =>
      a.strandNumber - b.strandNumber ||
      layerIds.indexOf(a.layer) - layerIds.indexOf(b.layer) ||
      a.within.localeCompare(b.within, "en", { numeric: true }) ||
      a.revision - b.revision,
  );
}

function strandId(number: number): string {
  return `S${number}`;
}

function evidenceId(number: number): string {
  return `EV${number}`;
}

function iso(at: Date | null): string | null {
  return at && at.toISOString();
}
