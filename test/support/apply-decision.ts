import type { Changes } from "#src/domain/decision.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { reminderKey } from "#src/domain/reminder.ts";

/** The state after these changes, as it is read back once they are saved: superseded revisions are gone from it. */
export function applyChanges(state: IncidentState, changes: Changes): IncidentState {
  let answers = state.answers;
  // what stands is replaced by the new rows of a decision, never one new row by another
  for (const answer of changes.answers ?? []) {
    answers = answers.filter(
      (one) =>
        one.layer !== answer.layer ||
        (answer.strandNumbers !== null && !sameNumbers(one.strandNumbers, answer.strandNumbers)),
    );
  }
  let rowAnswers = state.rowAnswers;
  for (const row of changes.rowAnswers ?? []) {
    rowAnswers = rowAnswers.filter(
      (one) =>
        one.strandNumber !== row.strandNumber ||
        one.claimedLayer !== row.claimedLayer ||
        one.row !== row.row,
    );
  }
  let verdicts = state.verdicts;
  for (const verdict of changes.verdicts ?? []) {
    verdicts = verdicts.filter(
      (one) =>
        one.strandNumber !== verdict.strandNumber ||
        one.layer !== verdict.layer ||
        JSON.stringify(one.scope) !== JSON.stringify(verdict.scope) ||
        (verdict.verdict === "contributing" && one.verdict === "proximate"),
    );
  }
  for (const ended of changes.endedVerdicts ?? []) {
    verdicts = verdicts.filter(
      (one) =>
        one.strandNumber !== ended.strandNumber ||
        one.layer !== ended.layer ||
        JSON.stringify(one.scope) !== JSON.stringify(ended.scope),
    );
  }
  const past = state.verdicts.filter((one) => !verdicts.includes(one));
  return {
    ...state,
    incident: { ...state.incident, ...changes.incident },
    answers: [...answers, ...(changes.answers ?? [])],
    evidence: byNumber(state.evidence, [
      ...(changes.evidence ?? []),
      ...(changes.changedEvidence ?? []),
    ]),
    rowAnswers: [...rowAnswers, ...(changes.rowAnswers ?? [])],
    verdicts: [...verdicts, ...(changes.verdicts ?? [])],
    pastVerdicts: newestOfEach([...state.pastVerdicts, ...past]),
    levers: byNumber(state.levers, changes.levers ?? []),
    actions: byNumber(state.actions, changes.actions ?? []),
    strands: byNumber(state.strands, changes.strands ?? []),
    owners: [
      ...state.owners.filter(({ layer }) => !changes.owners?.some((one) => one.layer === layer)),
      ...(changes.owners ?? []),
    ],
    dissents: byNumber(state.dissents, changes.dissents ?? []),
    factors: byNumber(state.factors, changes.factors ?? []),
    gaps: byNumber(state.gaps, changes.gaps ?? []),
    goldens: byNumber(state.goldens, changes.goldens ?? []),
    risks: byNumber(state.risks, changes.risks ?? []),
    detectionAnswers: [
      ...state.detectionAnswers.filter(
        ({ question }) => !changes.detectionAnswers?.some((one) => one.question === question),
      ),
      ...(changes.detectionAnswers ?? []),
    ],
    splitAnswers: byNumber(state.splitAnswers, changes.splitAnswers ?? []),
    hypotheses: byNumber(state.hypotheses, changes.hypotheses ?? []),
    similarIncidents: [
      ...state.similarIncidents.filter(
        ({ otherId }) => !changes.similarIncidents?.some((one) => one.otherId === otherId),
      ),
      ...(changes.similarIncidents ?? []),
    ],
    ledgerChanges: byNumber(state.ledgerChanges, changes.ledgerChanges ?? []),
    sourceMarks: [
      ...state.sourceMarks.filter(
        ({ layer }) => !changes.sourceMarks?.some((one) => one.layer === layer),
      ),
      ...(changes.sourceMarks ?? []),
    ],
    reminders: [
      ...state.reminders.filter(
        ({ about }) =>
          !changes.reminders?.some((one) => reminderKey(one.about) === reminderKey(about)),
      ),
      ...(changes.reminders ?? []),
    ].toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime()),
  };
}

function newestOfEach(past: IncidentState["pastVerdicts"]): IncidentState["pastVerdicts"] {
  return past
    .filter(({ strandNumber, layer, revision }) =>
      past.every(
        (other) =>
          other.strandNumber !== strandNumber ||
          other.layer !== layer ||
          other.revision <= revision,
      ),
    )
    .map(({ strandNumber, layer, revision }) => ({ strandNumber, layer, revision }));
}

function byNumber<Row extends { number: number }>(standing: Row[], written: Row[]): Row[] {
  const kept = standing.filter((one) => !written.some((other) => other.number === one.number));
  return [...kept, ...written].toSorted((a, b) => a.number - b.number);
}

function sameNumbers(a: number[] | null, b: number[]): boolean {
  return a !== null && a.join() === b.join();
}
