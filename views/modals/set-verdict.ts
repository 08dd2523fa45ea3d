import type { KnownBlock } from "@slack/types";
import { type Outlook, outlookOf } from "#src/domain/claim-outlook.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { decisiveLayers } from "#src/domain/figures/demonstrations.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { SetVerdictInput } from "#src/domain/inputs.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import type { MeanwhileChange, RuleRefusal } from "#src/domain/rejection.ts";
import { confidences, evidenceKinds, loci, verdictKinds } from "#src/domain/vocabulary.ts";
import { listInWords } from "#src/domain/words.ts";
import { AppError } from "#src/lib/errors.ts";
import { err, ok } from "#src/lib/result.ts";
import { context, limits, oneLine, truncate } from "#views/block-kit.ts";
import {
  type Choice,
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
import { layerChoices, strandLines } from "./choices.ts";
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
import { fitting } from "./link-choices.ts";
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
        // a refusal says it already
        ...(refusal ? [] : outlookLine(state, strandNumber, layer)),
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
          hint: "Needed for “broke first”; leave it blank for everything else. Suspected: two supporting items of different kinds and an approver. Probable: one decisive item, such as a replay or rates by cohort. Confirmed: gone when the change is taken out, back when it is put in again.",
        }),
        textInput("scope", "Only for a part of it?", {
          isOptional: true,
          isMultiline: true,
          initial: textOf(values, "scope"),
          placeholder: "region: eu-1, eu-2",
          hint: "One line for each dimension, its values with commas between. Leave it blank for the whole strand.",
        }),
        textInput("contribution", "How did it break, or what did it contribute?", {
          isOptional: true,
          initial: textOf(values, "contribution"),
          hint: "One sentence. Needed for “contributed”: what it added. For “broke first”: the mechanism, if you can say.",
        }),
        radioInput("locus", "Where does it lie?", choicesOf(loci), {
          isOptional: true,
          initial: textOf(values, "locus") ?? "ours",
          hint: "For “broke first” and “contributed”. A fault at a provider is still a fault of its layer.",
        }),
        ...(items.length > 0
          ? [
              multiSelectInput(
                "evidence",
                "Which evidence does it rest on?",
                itemChoices(items, chosen),
                {
                  isOptional: true,
                  initial: chosen,
                  hint: "Leave it blank for all evidence there is. A decisive item carries “probable” by itself.",
                },
              ),
            ]
          : []),
        userInput("approver", "Who approves it?", {
          isOptional: true,
          initial: textOf(values, "approver"),
          hint: "Somebody other than you. Needed for “broke first” where it rests on two supporting items and nothing decisive.",
        }),
        textInput("reason", "Why can nothing decisive be had?", {
          isOptional: true,
          initial: textOf(values, "reason"),
          hint: "One sentence. Needed for “probable” on two supporting items; or say here why a layer is not applicable.",
        }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { layer, verdict, confidence, scope, contribution, evidence, ...said } = fields.value;
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
      reason: said.reason,
      locus: said.locus ?? "ours",
      evidenceNumbers: evidence,
      approver: said.approver,
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
  reason: optionalText(fieldLimits.sentence),
  locus: optionalOneOf(keysOf(loci)),
  evidence: someNumbers(),
  approver: optionalUser(),
});

/** What is still missing for each confidence, for the layer that was pressed; the least sure first. */
function outlookLine(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId | null,
): KnownBlock[] {
  if (layer === null) return [];
  const outlooks = outlookOf(state, strandNumber, layer);
  const always = outlooks[0]?.needs.filter((need) =>
    outlooks.every((one) => one.needs.includes(need)),
  );
  const inAnyCase = always?.length ? ` in any case it needs ${listed(always)}.` : "";
  const words = outlooks.map((one, index) => outlookWords(one, always ?? [], outlooks[index - 1]));
  const lines = [`To say that ${layers[layer].label} broke first:${inAnyCase}`, ...words].join(
    "\n",
  );
  return [{ ...context(truncate(lines, limits.contextText)), block_id: "outlook" }];
}

/**
 * "Suspected: can be set now, with somebody who approves it." or "Confirmed: needs …". `always`: what is said
 * already; `before`: the confidence below it.
 */
function outlookWords(
  { confidence, needs, fields }: Outlook,
  always: readonly string[],
  before: Outlook | undefined,
): string {
  const label = confidences[confidence];
  const others = needs.filter((need) => !always.includes(need));
  if (others.length > 0) {
    const isSame = before?.needs.join("\n") === needs.join("\n");
    return `${label}: needs ${isSame ? "the same" : listed(others)}.`;
  }
  if (needs.length > 0) return `${label}: that is all.`;
  const asked = fields.map((field) => fieldWords[field]);
  const besides = asked.length === 0 ? "" : `, with ${listInWords(asked)}`;
  return `${label}: can be set now${besides}.`;
}

const fieldWords = { approver: "somebody who approves it", reason: "a reason" } as const;

/** Some of the needs have commas of their own. */
function listed(needs: readonly string[], max = 4): string {
  const more = needs.length - max;
  return [...needs.slice(0, max), ...(more > 0 ? [`${more} more`] : [])].join("; ");
}

/** "Evidence 2 · Failure rates by cohort, decisive · 36 of 40 …": the kind in words, and whether it decides for a layer that it supports. */
function itemChoices(items: readonly EvidenceItem[], chosen: readonly string[]): Choice[] {
  const choices = items.map((item) => {
    const decides = decisiveLayers(item).length > 0 ? ", decisive" : "";
    const start = `Evidence ${item.number} · ${oneLine(evidenceKinds[item.kind], 28)}${decides} · `;
    // two characters are kept free for what isolates right-to-left words
    const what = oneLine(item.what, limits.optionText - 2 - start.length);
    return { value: String(item.number), text: start + what };
  });
  return fitting(choices, chosen);
}
