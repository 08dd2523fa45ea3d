import type { KnownBlock } from "@slack/types";
import type { RowAnswer, RowReading } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { AnswerRowsInput, RowInput } from "#src/domain/inputs.ts";
import { opposingRows, type OpposingRowState } from "#src/domain/layer-state.ts";
import { isLayerId, type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { blankPrint, printOfRow } from "#src/domain/meanwhile.ts";
import { mayLackVersion, readingWords } from "#src/domain/opposing-answer.ts";
import type { UserId } from "#src/domain/person.ts";
import { AppError } from "#src/lib/errors.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { context, divider, mention, type Mrkdwn, mrkdwn, oneLine } from "#views/block-kit.ts";
import {
  type Choice,
  modalView,
  multiSelectInput,
  selectInput,
  textInput,
  userInput,
} from "#views/inputs.ts";
import type { FieldErrors, Modal } from "#views/modal.ts";
import { listOf, textOf, type Values } from "#views/values.ts";
import { incidentLine } from "#views/words.ts";
import { evidenceChoices, strandLines } from "./choices.ts";
import {
  fieldLimits,
  hintOf,
  oneOf,
  optionalText,
  fieldsOf,
  readFields,
  requiredUser,
  someNumbers,
} from "./fields.ts";
import { drawnAnew, meanwhileBlocks, type Overtaken } from "./meanwhile-blocks.ts";

export interface AnswerRowsProps {
  state: IncidentState;
  strandNumber: number;
  /** The layer that somebody wants to name as what broke first. */
  claimedLayer: LayerId;
  presser: UserId;
  /** Set where somebody else has answered since the form was drawn. */
  overtaken?: Overtaken;
}

/** The opposing questions of one layer, to be answered before it may be named proximate (B3.2, R9). */
export const answerRowsModal: Modal<AnswerRowsProps, AnswerRowsInput> = {
  callbackId: "answer-rows",

  render({ state, strandNumber, claimedLayer, presser, overtaken }) {
    const { label } = layers[claimedLayer];
    const rows = opposingRows(state, strandNumber, claimedLayer);
    const seenSequence = state.lastSequence;
    const view = modalView("answer-rows", {
      title: "Opposing questions",
      submit: "Save",
      hint: {
        incidentId: state.incident.id,
        strandNumber,
        layers: [claimedLayer],
        seenSequence,
        word: rows.map(({ answer }) => (answer ? printOfRow(answer) : blankPrint)).join("."),
      },
      blocks: [
        ...meanwhileBlocks(overtaken?.changes),
        context(incidentLine(state.incident)),
        ...strandLines(state, strandNumber),
        context(
          `Before anybody claims that ${label} broke first, each of these needs an answer with evidence; “cannot tell” counts. A question that you leave blank is not saved.`,
          ...(state.evidence.some((item) => item.strandNumbers.includes(strandNumber))
            ? []
            : [
                "No evidence is recorded for this yet, and without any only “cannot tell” is taken: to say more, press “Add evidence” in the channel first.",
              ]),
        ),
        ...rows.flatMap((row) =>
          rowBlocks(state, { strandNumber, claimedLayer }, row, typedBefore(row.row.id, overtaken)),
        ),
        userInput("author", "Who says so?", {
          initial: (overtaken && textOf(overtaken.values, "author")) ?? presser,
        }),
      ],
    });
    return overtaken ? drawnAnew(view, seenSequence) : view;
  },

  parse(values, metadata) {
    const hint = hintOf(metadata);
    const { strandNumber, layers: [claimedLayer] = [] } = hint;
    if (strandNumber === undefined || claimedLayer === undefined) {
      throw new AppError("bad_hint", "An answer-rows form names no strand or no layer.");
    }
    const rows: RowInput[] = [];
    const errors: FieldErrors = {};
    const asked = layers[claimedLayer].opposing;
    const prints = hint.word?.split(".") ?? [];
    for (const [index, { id }] of asked.entries()) {
      if (textOf(values, `row:${id}`) === null) continue;
      const row = parseRow(id, values);
      const seen = prints[index];
      if (row.ok) rows.push({ ...row.value, ...(seen === undefined ? {} : { seen }) });
      else Object.assign(errors, row.error);
    }
    const [first] = asked;
    if (first && rows.length === 0 && Object.keys(errors).length === 0) {
      errors[`row:${first.id}`] = "Answer at least one question; “cannot tell” counts.";
    }
    const author = readFields(authorFields, values);
    if (!author.ok) Object.assign(errors, author.error);
    if (!author.ok || Object.keys(errors).length > 0) return err(errors);
    const { incidentId, seenSequence } = hint;
    return ok({
      incidentId,
      strandNumber,
      claimedLayer,
      rows,
      author: author.value.author,
      ...(seenSequence === undefined ? {} : { seenSequence }),
    });
  },
};

/** What somebody had filled in for a row before the form was overtaken; undefined where nobody touched it. */
function typedBefore(row: string, overtaken: Overtaken | undefined): Values | undefined {
  if (!overtaken) return undefined;
  const { values, metadata } = overtaken;
  const { word, layers: [claimedLayer] = [] } = hintOf(metadata);
  const rows = claimedLayer ? layers[claimedLayer].opposing.map(({ id }) => id) : [];
  const seen = word?.split(".")[rows.indexOf(row)];
  const parsed = parseRow(row, values);
  const isUntouched = parsed.ok
    ? printOfRow(parsed.value) === seen
    : seen === blankPrint && textOf(values, `row:${row}`) === null;
  return isUntouched ? undefined : values;
}

function rowBlocks(
  state: IncidentState,
  { strandNumber, claimedLayer }: Pick<AnswerRowsProps, "strandNumber" | "claimedLayer">,
  { row, answer }: OpposingRowState,
  typed: Values | undefined,
): KnownBlock[] {
  const ofStrand = state.evidence.filter((item) => item.strandNumbers.includes(strandNumber));
  const chosen = typed
    ? listOf(typed, `evidence:${row.id}`)
    : (answer?.evidenceNumbers.map(String) ?? []);
  const items = evidenceChoices(ofStrand, chosen.map(Number), itemsPerRow);
  const recorded = answer ? readingValue(answer) : null;
  return [
    divider(),
    ...(typed && answer ? [context(nowRecorded(answer))] : []),
    selectInput(`row:${row.id}`, row.question, readingChoices(row.id, claimedLayer), {
      isOptional: true,
      initial: typed ? textOf(typed, `row:${row.id}`) : recorded,
      placeholder: "Not answered",
    }),
    textInput(`sentence:${row.id}`, "Why, in a sentence", {
      isOptional: true,
      initial: typed ? textOf(typed, `sentence:${row.id}`) : (answer?.sentence ?? null),
    }),
    ...(items.length > 0
      ? [
          multiSelectInput(`evidence:${row.id}`, "Evidence for it", items, {
            isOptional: true,
            initial: chosen,
          }),
        ]
      : []),
  ];
}

/** What somebody else said meanwhile, beside what was typed. */
function nowRecorded(answer: RowAnswer): Mrkdwn {
  const { row, claimedLayer, reading, pointsTo: layer } = answer;
  const words = readingWords(row, claimedLayer, reading, layer);
  return mrkdwn`Recorded now: ${words}, says ${mention(answer.author)}. “${oneLine(answer.sentence, 300)}”`;
}

/** Eleven menus of this many items stay well below the 250 KB that Slack takes for a form. */
const itemsPerRow = 40;

const pointsTo = "points_to:";

function readingChoices(row: string, claimedLayer: LayerId): Choice[] {
  const others = layerIds.filter((id) => id !== claimedLayer);
  const text = (reading: RowReading, layer: LayerId | null = null) =>
    readingWords(row, claimedLayer, reading, layer);
  return [
    { value: "rules_out", text: text("rules_out") },
    ...others.map((id) => ({ value: pointsTo + id, text: text("points_to", id) })),
    ...(mayLackVersion(row) ? [{ value: "no_other_version", text: text("no_other_version") }] : []),
    { value: "cannot_tell", text: text("cannot_tell") },
  ];
}

function readingValue({
  reading,
  pointsTo: layer,
}: Pick<RowInput, "reading" | "pointsTo">): string {
  return reading === "points_to" ? pointsTo + layer : reading;
}

const allReadings = [
  "rules_out",
  "cannot_tell",
  "no_other_version",
  ...layerIds.map((id) => `${pointsTo}${id}` as const),
] as const;

function parseRow(row: string, values: Values): Result<RowInput, FieldErrors> {
  const fields = readFields(formFields, values, `:${row}`);
  if (!fields.ok) return fields;
  const { sentence, evidence } = fields.value;
  const layer = fields.value.row.slice(pointsTo.length);
  const chosen = fields.value.row;
  const reading: RowReading = isPlainReading(chosen) ? chosen : "points_to";
  const errors: FieldErrors = {};
  if (sentence === null) errors[`sentence:${row}`] = "Say in a sentence why.";
  const needsEvidence = reading !== "cannot_tell" && reading !== "no_other_version";
  if (needsEvidence && evidence.length === 0) Object.assign(errors, evidenceError(row, values));
  if (sentence === null || Object.keys(errors).length > 0) return err(errors);
  return ok({
    row,
    reading,
    pointsTo: reading === "points_to" && isLayerId(layer) ? layer : null,
    sentence,
    evidenceNumbers: evidence,
  });
}

function isPlainReading(value: string): value is Exclude<RowReading, "points_to"> {
  return value === "rules_out" || value === "cannot_tell" || value === "no_other_version";
}

/** R9: an answer holds its evidence. Where there is none to choose yet, the error says how to record some. */
function evidenceError(row: string, values: Values): FieldErrors {
  return `evidence:${row}` in values
    ? { [`evidence:${row}`]: "Choose the evidence that shows it, or answer “cannot tell”. [R9]" }
    : {
        [`row:${row}`]:
          "There is no evidence to choose yet: record some with the “Add evidence” button, or answer “cannot tell”. [R9]",
      };
}

// built once: a form is parsed while Slack waits
const authorFields = fieldsOf({ author: requiredUser("Choose who says so.") });
const formFields = fieldsOf({
  row: oneOf(allReadings, "Choose an answer."),
  sentence: optionalText(fieldLimits.sentence),
  evidence: someNumbers(),
});
