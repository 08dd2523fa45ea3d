/** A record with the entries that deciders write for what stands in it, as the domain's forms record them. */
import type { IncidentRecord } from "#src/documents/record.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import type { UserId } from "#src/domain/person.ts";
import type { TimelineEntry, TimelineKind } from "#src/domain/timeline.ts";

type Data = TimelineEntry["data"];
type By = { recorder: UserId; recordedAt: Date };

/** The same record; its timeline is the declaration, all that stands, and how it ended. */
export function told(record: IncidentRecord): IncidentRecord {
  const entries = [...declared(record.state), ...standing(record.state), ...ended(record.state)];
  return {
    ...record,
    timeline: entries.map((entry, index) => ({
      ...entry,
      lane: "diagnosis",
      sequence: index + 1,
      recordedAt: entry.happenedAt,
      hash: String(index + 1),
    })),
  };
}

/** What can stand beside each other in the database: the last of each place. */
export function possible(state: IncidentState): IncidentState {
  const answers = lastOfEach(state.answers, ({ layer, strandNumbers }) => [layer, strandNumbers]);
  return {
    ...state,
    // an answer for all strands comes before those for some: it ends what stood
    answers: answers.toSorted(
      (a, b) => Number(b.strandNumbers === null) - Number(a.strandNumbers === null),
    ),
    rowAnswers: lastOfEach(state.rowAnswers, (one) => [
      one.strandNumber,
      one.claimedLayer,
      one.row,
    ]),
    verdicts: lastOfEach(state.verdicts, (one) => [
      one.strandNumber,
      one.layer,
      sliceInWords(one.scope).split(", ").toSorted(),
    ]).map((one) => ({ ...one, approver: one.approver === one.author ? null : one.approver })),
  };
}

function lastOfEach<One>(some: readonly One[], placeOf: (one: One) => unknown): One[] {
  return [...new Map(some.map((one) => [JSON.stringify(placeOf(one)), one])).values()];
}

function declared({ incident }: IncidentState) {
  const by = { recorder: incident.declaredBy, recordedAt: incident.declaredAt };
  return [entry("incident_declared", by, { title: incident.title })];
}

function standing(state: IncidentState) {
  return [
    ...state.evidence.flatMap((one) => [
      entry("evidence_recorded", one, {
        evidence: one.number,
        evidenceKind: one.kind,
        what: one.what,
        author: one.author,
      }),
      ...(one.isVerified === null
        ? []
        : [entry("report_verified", one, { evidence: one.number, isVerified: one.isVerified })]),
    ]),
    ...state.splitAnswers.map((one) =>
      entry(
        "split_answered",
        { recorder: one.author, recordedAt: one.recordedAt },
        {
          strand: one.strandNumber,
          isAccepted: one.isAccepted,
          newStrands: one.newStrands,
          evidence: one.evidenceNumbers,
          why: one.why,
        },
      ),
    ),
    ...state.answers.map((one) =>
      entry("answer_recorded", one, {
        layer: one.layer,
        change: one.change,
        sentence: one.sentence,
        author: one.author,
        revision: one.revision,
        strands: one.strandNumbers,
      }),
    ),
    ...state.rowAnswers.map((one) =>
      entry("row_answered", one, {
        strand: one.strandNumber,
        row: one.row,
        claimedLayer: one.claimedLayer,
        reading: one.reading,
        pointsTo: one.pointsTo,
        sentence: one.sentence,
        author: one.author,
      }),
    ),
    ...state.verdicts.map((one) =>
      entry("verdict_set", one, {
        strand: one.strandNumber,
        layer: one.layer,
        verdict: one.verdict,
        confidence: one.confidence,
        contribution: one.contribution,
        author: one.author,
        ...(Object.keys(one.scope).length === 0 ? {} : { scope: sliceInWords(one.scope) }),
      }),
    ),
    ...state.dissents.map((one) =>
      entry("dissent_recorded", one, {
        strand: one.strandNumber,
        layer: one.layer,
        statement: one.statement,
        author: one.author,
      }),
    ),
  ];
}

function ended({ incident }: IncidentState) {
  const kinds: Partial<Record<string, TimelineKind>> = {
    closed: "incident_closed",
    learned: "incident_closed",
    cancelled: "incident_cancelled",
  };
  const kind = kinds[incident.status];
  const by = { recorder: incident.coordinator, recordedAt: incident.declaredAt };
  return kind ? [entry(kind, by, {})] : [];
}

function entry(kind: TimelineKind, { recorder, recordedAt }: By, data: Data) {
  return { kind, actor: recorder, happenedAt: recordedAt, data };
}
