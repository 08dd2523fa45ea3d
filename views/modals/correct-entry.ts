import type { KnownBlock } from "@slack/types";
import type { CorrectEntryInput } from "#src/domain/correct-entry.ts";
import type { Incident } from "#src/domain/incident.ts";
import {
  type FoldedEntry,
  isDatable,
  isWithdrawable,
  wordsKey,
} from "#src/domain/timeline-fold.ts";
import type { TimelineFilter } from "#src/domain/timeline-page.ts";
import { lanes } from "#src/domain/vocabulary.ts";
import { AppError } from "#src/lib/errors.ts";
import { err, ok } from "#src/lib/result.ts";
import { context, limits, section } from "#views/block-kit.ts";
import {
  checkboxesInput,
  choicesOf,
  dateTimeInput,
  modalView,
  selectInput,
  textInput,
} from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { entrySentence } from "#views/timeline-words.ts";
import { listOf } from "#views/values.ts";
import { incidentLine } from "#views/words.ts";
import { entryHistory } from "./entry-history.ts";
import {
  fieldLimits,
  fieldsOf,
  hintOf,
  keysOf,
  oneOf,
  optionalDateTime,
  optionalText,
  readFields,
} from "./fields.ts";

export interface CorrectEntryProps {
  incident: Incident;
  folded: FoldedEntry;
  /** The newest entry of the incident now. */
  lastSequence: number;
  /** The page of the timeline it was opened from, which is drawn anew afterwards. */
  from: { filter: TimelineFilter; page: number };
}

/** One entry of the timeline in full, with its history; its words, time and lane can be put right, or it is taken out. */
export const correctEntryModal: Modal<CorrectEntryProps, CorrectEntryInput> = {
  callbackId: "correct-entry",

  render({ incident, folded, lastSequence, from }) {
    const { entry, withdrawal } = folded;
    const canChange = incident.status === "open" && withdrawal === null;
    const hint = {
      incidentId: incident.id,
      itemNumber: entry.sequence,
      seenSequence: lastSequence,
      word: from.filter,
      page: from.page,
    };
    return modalView("correct-entry", {
      title: `Entry ${entry.sequence}`,
      ...(canChange ? { submit: "Save" } : {}),
      hint,
      blocks: [
        context(incidentLine(incident)),
        ...wholeEntry(folded),
        ...(canChange ? inputsFor(folded) : []),
        ...entryHistory(folded),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { text, happened_at: happenedAt, lane, reason } = fields.value;
    const isWithdrawn = listOf(values, "withdraw").includes("withdraw");
    if ("happened_at" in values && happenedAt === null) {
      return err({ happened_at: "Say when it happened." });
    }
    if ("text" in values && text === null && !isWithdrawn) {
      return err({ text: "Say what happened, or take the entry out below." });
    }
    const { incidentId, itemNumber, seenSequence } = hintOf(metadata);
    if (itemNumber === undefined || seenSequence === undefined) {
      throw new AppError("bad_hint", "A correct-entry form names no entry.");
    }
    return ok({
      incidentId,
      sequence: itemNumber,
      text,
      happenedAt,
      lane,
      reason,
      isWithdrawn,
      seenSequence,
    });
  },
};

function inputsFor({ entry }: FoldedEntry): KnownBlock[] {
  const key = wordsKey(entry.kind);
  const text = key === undefined ? "" : String(entry.data[key] ?? "");
  return [
    // a longer one would be cut by the field; it keeps its words
    ...(key !== undefined && text.length <= limits.inputText
      ? [
          textInput("text", "What happened?", {
            initial: text,
            isMultiline: true,
            // the impact may have been left blank; taking an entry out needs no words
            isOptional: true,
          }),
        ]
      : []),
    isDatable(entry.kind)
      ? dateTimeInput("happened_at", "When did it happen?", { initial: entry.happenedAt })
      : context("Its time was recorded by the service itself, and stays."),
    selectInput("lane", "What is it about?", choicesOf(lanes), { initial: entry.lane }),
    textInput("reason", "Why is it corrected?", {
      isOptional: true,
      hint: "Needed where you reword or take out what somebody else recorded.",
    }),
    ...(isWithdrawable(entry.kind)
      ? [
          checkboxesInput(
            "withdraw",
            "Should it stand in the timeline at all?",
            [{ value: "withdraw", text: "Take it out of the timeline" }],
            { isOptional: true, hint: "The record keeps it, marked as taken out." },
          ),
        ]
      : []),
  ];
}

/** What the entry says, whole: words that do not fit into one block go on in the next. */
function wholeEntry({ entry, withdrawal }: FoldedEntry): KnownBlock[] {
  const key = wordsKey(entry.kind);
  const text = key === undefined ? "" : String(entry.data[key] ?? "");
  const sentence = section(entrySentence(entry, 300), `entry:${entry.sequence}`);
  const isShownInField = withdrawal === null && text.length <= limits.inputText;
  if (text.length <= 300 || isShownInField) return [sentence];
  return [sentence, ...inSections(text)];
}

/** A long text as plain sections, at most 40,000 characters, which is the most that Slack takes in a message. */
function inSections(text: string): KnownBlock[] {
  const parts = text.slice(0, 40_000).match(/[^]{1,2900}/g) ?? [];
  return parts.map((part) => section(part));
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  text: optionalText(fieldLimits.paragraph),
  happened_at: optionalDateTime(),
  lane: oneOf(keysOf(lanes), "Choose what it is about."),
  reason: optionalText(fieldLimits.sentence),
});
