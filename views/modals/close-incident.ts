import type { KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import type { CloseInput } from "#src/domain/inputs.ts";
import { closeFlags } from "#src/domain/lifecycle.ts";
import type { RuleRefusal } from "#src/domain/rejection.ts";
import type { Missing } from "#src/domain/rule.ts";
import { err, ok } from "#src/lib/result.ts";
import { context, section } from "#views/block-kit.ts";
import { choicesOf, modalView, radioInput, userInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { textOf, type Values } from "#views/values.ts";
import { countOf, incidentLine } from "#views/words.ts";
import { hintOf, keysOf, oneOf, optionalUser, fieldsOf, readFields } from "./fields.ts";
import { mendBlocks, mendRow } from "./mends.ts";
import { refusalBlocks } from "./refusal-blocks.ts";

export interface CloseIncidentProps {
  state: IncidentState;
  /** What still stands in the way, the first thing to do first; empty: nothing does. */
  missing: readonly Missing[];
  /** Why closing was refused a moment ago; shown on top, recorded already. */
  refusal?: RuleRefusal;
  /** What was filled in before the form was drawn again. */
  values?: Values;
}

/** Ends the response, or lists what still stands in the way, each with the button that mends it (B5, R14, Q4). */
export const closeIncidentModal: Modal<CloseIncidentProps, CloseInput> = {
  callbackId: "close-incident",

  render: ({ state, missing, refusal, values = {} }) =>
    modalView("close-incident", {
      title: "Close the incident",
      submit: "Close it",
      hint: { incidentId: state.incident.id },
      blocks: [
        ...refusalBlocks(refusal),
        ...(refusal ? [] : readiness(missing)),
        ...mendBlocks(state, missing, "close-incident"),
        ...flags(state, missing),
        context(incidentLine(state.incident)),
        radioInput("close_as", "How does it end?", choicesOf(endings), {
          initial: textOf(values, "close_as") ?? "attributed",
        }),
        userInput("approver", "Who approves it?", {
          isOptional: true,
          initial: textOf(values, "approver"),
          hint: "Only for “undetermined”: somebody other than you. It also takes an action of the kind observability, so that the next time can be explained.",
        }),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { close_as: closeAs, approver } = fields.value;
    if (closeAs === "undetermined" && approver === null) {
      return err({
        approver: "Name who approves closing without knowing what broke first. [R14]",
      });
    }
    return ok({ incidentId: hintOf(metadata).incidentId, closeAs, approver });
  },
};

const endings = {
  attributed: "We know what broke first",
  undetermined: "Undetermined: it cannot be known",
} as const;

function readiness(missing: readonly Missing[]): KnownBlock[] {
  return missing.length === 0
    ? [
        section(
          "Nothing stands in the way. Closing ends the response, and the postmortem is written from the record. Look at a signal from the users' side first: whether they are well again is not measured here.",
        ),
      ]
    : [section(`${countOf(missing.length, "thing")} still to do before this can be closed:`)];
}

/** Q4, Q6, and verdicts that do not hold any more: worth doing, and no reason to keep it open. */
function flags(state: IncidentState, missing: readonly Missing[]): KnownBlock[] {
  const found = closeFlags(state);
  const mended = new Set(missing.flatMap((one) => one.missing));
  if (found.length === 0) return [];
  return [
    context("This does not keep the incident open, but is better done now:"),
    ...found.flatMap(({ rule, missing: ids, sentence }) => [
      section(sentence, `flag:${rule}:${ids.join(",")}`),
      // what mends it may stand above already
      ...ids
        .slice(0, 1)
        .filter((id) => !mended.has(id))
        .flatMap((id) => mendRow(state, id, "close-incident")),
    ]),
  ];
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  close_as: oneOf(keysOf(endings), "Choose how it ends."),
  approver: optionalUser(),
});
