import type { IncidentState } from "#src/domain/incident.ts";
import type { SetVerdictInput } from "#src/domain/inputs.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type { MeanwhileChange, RuleRefusal } from "#src/domain/rejection.ts";
import { confidences, verdictKinds } from "#src/domain/vocabulary.ts";
import { AppError } from "#src/lib/errors.ts";
import { err, ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import {
  choicesOf,
  modalView,
  multiSelectInput,
  radioInput,
  selectInput,
  textInput,
  userInput,
} from "#views/inputs.ts";
import type { FieldErrors, Modal } from "#views/modal.ts";
import { listOf, textOf, type Values } from "#views/values.ts";
import { incidentLine } from "#views/words.ts";
import { evidenceChoices, layerChoices, strandLines } from "./choices.ts";
import {
  fieldLimits,
  hintOf,
  keysOf,
  oneOf,
  optionalOneOf,
  optionalText,
  optionalUser,
  fieldsOf,
  readFields,
  slice,
  someNumbers,
} from "./fields.ts";
import { meanwhileBlocks } from "./meanwhile-blocks.ts";
import { refusalBlocks } from "./refusal-blocks.ts";

export interface SetVerdictProps {
  state: IncidentState;
  strandNumber: number;
  /** The layer that was pressed, or null where the form asks. */
  layer: LayerId | null;
  /** Why the verdict was refused a moment ago; shown on top, recorded already. */
  refusal?: RuleRefusal;
  /** What was filled in before the form was drawn again. */
  values?: Values;
  /** Set where somebody else has set a verdict since the form was drawn. */
  changes?: readonly MeanwhileChange[];
}

/** What a person decides of one layer of one strand (R10); the rules say whether it is admissible. */
export const setVerdictModal: Modal<SetVerdictProps, SetVerdictInput> = {
  callbackId: "set-verdict",

  render({ state, strandNumber, layer, refusal, values = {}, changes }) {
    const items = state.evidence.filter((item) => item.strandNumbers.includes(strandNumber));
    const chosen = listOf(values, "evidence");
    return modalView("set-verdict", {
      title: "Set a verdict",
      submit: "Set verdict",
      hint: {
        incidentId: state.incident.id,
        strandNumber,
        ...(layer ? { layers: [layer] } : {}),
        seenSequence: state.lastSequence,
      },
      blocks: [
        ...refusalBlocks(refusal),
        ...meanwhileBlocks(changes),
        context(incidentLine(state.incident)),
        ...strandLines(state, strandNumber),
        selectInput("layer", "Which layer?", layerChoices, {
          initial: textOf(values, "layer") ?? layer,
        }),
        selectInput("verdict", "What do you decide?", choicesOf(verdictKinds), {
          initial: textOf(values, "verdict"),
          hint: "Implicated: something points there, and no more is shown yet. What you decide is shown in the channel under your name, and can be decided anew.",
        }),
        radioInput("confidence", "How sure is it?", choicesOf(confidences), {
          isOptional: true,
          initial: textOf(values, "confidence"),
          hint: "Only for “broke first”. Suspected: some evidence points there. Probable: one decisive item, such as a replay or rates by cohort. Confirmed: gone when the change is taken out, back when it is put in again.",
        }),
        textInput("scope", "Only for a part of it?", {
          isOptional: true,
          isMultiline: true,
          initial: textOf(values, "scope"),
          placeholder: "region: eu-1, eu-2",
          hint: "One line for each dimension, its values with commas between. Leave it blank for the whole strand.",
        }),
        textInput("contribution", "What did this layer contribute?", {
          isOptional: true,
          initial: textOf(values, "contribution"),
          hint: "One sentence, for “contributed”.",
        }),
        ...(items.length > 0
          ? [
              multiSelectInput(
                "evidence",
                "Which evidence does it rest on?",
                evidenceChoices(items, chosen.map(Number)),
                {
                  isOptional: true,
                  initial: chosen,
                  hint: "Leave it blank for all evidence there is.",
                },
              ),
            ]
          : []),
        userInput("approver", "Who approves it?", {
          isOptional: true,
          initial: textOf(values, "approver"),
          hint: "Somebody other than you. Good to have where you only suspect it.",
        }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { layer, verdict, confidence, scope, contribution, evidence, approver } = fields.value;
    const errors: FieldErrors = {};
    if (verdict === "proximate" && confidence === null) {
      errors["confidence"] = "Say how sure it is: suspected, probable or confirmed.";
    }
    if (verdict === "contributing" && contribution === null) {
      errors["contribution"] = "What did this layer contribute? One sentence. [R7]";
    }
    if (Object.keys(errors).length > 0) return err(errors);
    const { incidentId, strandNumber, seenSequence } = hintOf(metadata);
    if (strandNumber === undefined) {
      throw new AppError("bad_hint", "A set-verdict form names no strand.");
    }
    return ok({
      incidentId,
      strandNumber,
      layer,
      verdict,
      confidence: verdict === "proximate" ? confidence : null,
      scope,
      contribution,
      evidenceNumbers: evidence,
      approver,
      ...(seenSequence === undefined ? {} : { seenSequence }),
    });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  layer: oneOf(layerIds, "Choose a layer."),
  verdict: oneOf(keysOf(verdictKinds), "Choose what you decide."),
  confidence: optionalOneOf(keysOf(confidences)),
  scope: slice(),
  contribution: optionalText(fieldLimits.sentence),
  evidence: someNumbers(),
  approver: optionalUser(),
});
