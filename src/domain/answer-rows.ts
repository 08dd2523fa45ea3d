import { err, ok, type Result } from "#src/lib/result.ts";
import { updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import type { RowAnswer, RowReading } from "./evidence.ts";
import { isCounted } from "./evidence-weight.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentState } from "./incident.ts";
import type { AnswerRowsInput, RowInput } from "./inputs.ts";
import { isLayerId, type LayerId, layers } from "./layers/index.ts";
import { opposingRows } from "./layer-state.ts";
import { phaseAfter, refuseIfOver } from "./lifecycle.ts";
import { changesByOthers, type LaterEntry, overtaken, printOfRow } from "./meanwhile.ts";
import { nothingNew } from "./nothing-new.ts";
import { nextRevision } from "./next-number.ts";
import { mayLackVersion, questionOf, readingWords } from "./opposing-answer.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";
import type { NewTimelineEntry } from "./timeline.ts";
import { gapsAfterAnswer } from "./undeterminable-gaps.ts";

/**
 * Records answers to opposing questions of one claimed layer (B3.2), each as the row's next revision.
 * An answer without evidence is kept, so that nothing typed is lost, but the row stays open (R9).
 * `later`: what was recorded since the form was drawn.
 */
export function decideAnswerRows(
  state: IncidentState,
  input: AnswerRowsInput,
  by: By,
  later: readonly LaterEntry[] = [],
): Result<Decision, Rejection> {
  const { incident } = state;
  const { strandNumber, claimedLayer, author } = input;
  const isAboutRow = ({ kind, data }: LaterEntry, row: string): boolean =>
    kind === "row_answered" &&
    data["strand"] === strandNumber &&
    data["claimedLayer"] === claimedLayer &&
    data["row"] === row;
  // what nobody touched in the form, and somebody else has answered since, stands as they said
  const rows = input.rows.filter(
    (one) => one.seen !== printOfRow(one) || !later.some((entry) => isAboutRow(entry, one.row)),
  );
  const rejection =
    refuseIfOver(incident) ??
    wrongRow(state, input) ??
    refuseWording(Object.fromEntries(rows.map((one) => [`sentence:${one.row}`, one.sentence])));
  if (rejection) return err(rejection);

  // the form comes back with every row that is filled in: those that nobody touched stay as they are
  const standing = opposingRows(state, strandNumber, claimedLayer);
  const answerOf = (id: string) => standing.find(({ row }) => row.id === id)?.answer;
  const touched = rows.filter((one) => !saysTheSame(answerOf(one.row), one));
  const isOtherAuthor = rows.some((one) => answerOf(one.row)?.author !== author);
  const given = touched.length === 0 && isOtherAuthor ? rows : touched;
  if (given.length === 0) return ok(nothingNew(state));
  const meanwhile = changesByOthers(
    later,
    by.userId,
    (entry) => given.some((one) => isAboutRow(entry, one.row)),
    ({ data }) => rowInWords(claimedLayer, data),
  );
  if (meanwhile.length > 0) return err(overtaken(meanwhile));
  const answers = given.map((given): RowAnswer => {
    const before = answerOf(given.row);
    return {
      strandNumber,
      claimedLayer,
      row: given.row,
      reading: given.reading,
      pointsTo: given.reading === "points_to" ? given.pointsTo : null,
      sentence: given.sentence,
      evidenceNumbers: given.evidenceNumbers,
      author,
      recorder: by.userId,
      recordedAt: by.now,
      revision: nextRevision(before ? [before] : []),
    };
  });
  const after = { ...state, rowAnswers: [...state.rowAnswers, ...answers] };
  const gaps = gapsAfterAnswer(after, [strandNumber], by);
  return ok({
    changes: {
      incident: { phase: phaseAfter(incident.phase, "diagnosing") },
      rowAnswers: answers,
      ...gaps.changes,
    },
    timeline: answers
      .map((answer): NewTimelineEntry => {
        const { row, reading, pointsTo, sentence } = answer;
        return {
          lane: "diagnosis",
          kind: "row_answered",
          happenedAt: by.now,
          actor: by.userId,
          data: { strand: strandNumber, row, claimedLayer, reading, pointsTo, sentence, author },
        };
      })
      .concat(gaps.timeline),
    effects: [updatePanel(incident.id), ...gaps.effects],
    outcome: {
      sentence: outcomeSentence(state, { claimedLayer, rows: given }),
      incidentId: incident.id,
    },
  });
}

/** The rest of the sentence after a name: what they answered to which question. */
function rowInWords(claimedLayer: LayerId, { row, reading, pointsTo }: LaterEntry["data"]): string {
  const layer = typeof pointsTo === "string" && isLayerId(pointsTo) ? pointsTo : null;
  const words = readingWords(String(row), claimedLayer, reading as RowReading, layer);
  return `answered “${words}” to “${questionOf(String(row))}”`;
}

/** Whether the row is recorded with exactly this, whoever said so. */
function saysTheSame(standing: RowAnswer | undefined, given: RowInput): boolean {
  return (
    standing !== undefined &&
    standing.reading === given.reading &&
    standing.pointsTo === (given.reading === "points_to" ? given.pointsTo : null) &&
    standing.sentence === given.sentence &&
    // a menu gives them in an order of its own
    inOrder(standing.evidenceNumbers) === inOrder(given.evidenceNumbers)
  );
}

function inOrder(numbers: readonly number[]): string {
  return numbers.toSorted((a, b) => a - b).join();
}

function outcomeSentence(
  state: IncidentState,
  { claimedLayer, rows }: Pick<AnswerRowsInput, "claimedLayer" | "rows">,
): string {
  const ignored = state.evidence.filter((item) => !isCounted(item)).map((item) => item.number);
  const count = rows.length === 1 ? "1 opposing question" : `${rows.length} opposing questions`;
  const recorded = `Recorded the answer to ${count} of ${layers[claimedLayer].label}.`;
  const bare = rows.filter(
    (row) =>
      row.reading !== "cannot_tell" &&
      row.reading !== "no_other_version" &&
      row.evidenceNumbers.every((one) => ignored.includes(one)),
  );
  if (bare.length === 0) return recorded;
  const still = `${recorded} ${bare.length} of them still ${bare.length === 1 ? "needs" : "need"} the evidence it rests on.`;
  const hasReports = bare.some((row) => row.evidenceNumbers.length > 0);
  return hasReports ? `${still} A report counts once somebody has verified it.` : still;
}

function wrongRow(state: IncidentState, input: AnswerRowsInput): Rejection | undefined {
  const { strandNumber, claimedLayer, rows } = input;
  const unknown = unknownReference(state, {
    strandNumbers: [strandNumber],
    layers: [claimedLayer],
  });
  if (unknown) return unknown;
  for (const { row, evidenceNumbers } of rows) {
    const wrong = unknownReference(state, { strandNumbers: [strandNumber], evidenceNumbers });
    if (wrong) return { code: "bad_field", field: `evidence:${row}`, message: wrong.message };
  }
  const seen = new Set<string>();
  for (const given of rows) {
    const rejection = wrongReading(state, input, given);
    if (rejection) return rejection;
    if (seen.has(given.row)) {
      const message = "This question is answered twice in this form. Keep one of the two.";
      return { code: "bad_field", field: `row:${given.row}`, message };
    }
    seen.add(given.row);
  }
  return undefined;
}

function wrongReading(
  state: IncidentState,
  { claimedLayer }: AnswerRowsInput,
  given: RowInput,
): Rejection | undefined {
  if (!layers[claimedLayer].opposing.some((row) => row.id === given.row)) {
    const { label } = layers[claimedLayer];
    return { code: "not_found", message: `${label} has no such opposing question. Open it again.` };
  }
  if (given.reading === "no_other_version" && !mayLackVersion(given.row)) {
    const message = "Choose another answer: this question is not about versions of the model.";
    return { code: "bad_field", field: `row:${given.row}`, message };
  }
  if (given.reading !== "points_to") return undefined;
  if (given.pointsTo === null) {
    const message = "Choose the layer that this points to.";
    return { code: "bad_field", field: `row:${given.row}`, message };
  }
  return unknownReference(state, { layers: [given.pointsTo] });
}
