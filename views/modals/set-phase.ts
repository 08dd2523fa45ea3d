import type { KnownBlock } from "@slack/types";
import { notAsked } from "#src/domain/gates/not-asked.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { isForward, phaseMissing, phaseOrder } from "#src/domain/lifecycle.ts";
import type { RuleRefusal } from "#src/domain/rejection.ts";
import type { SetPhaseInput } from "#src/domain/set-phase.ts";
import { type Phase, phases } from "#src/domain/vocabulary.ts";
import { ok } from "#src/lib/result.ts";
import { context, limits, section, truncate } from "#views/block-kit.ts";
import { modalView, selectInput, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { textOf, type Values } from "#views/values.ts";
import { incidentLine } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, oneOf, optionalText, readFields } from "./fields.ts";
import { mendBlocks } from "./mends.ts";
import { refusalBlocks } from "./refusal-blocks.ts";

export interface SetPhaseProps {
  state: IncidentState;
  /** Where to; null: the next phase. */
  phase: Phase | null;
  /** Why it was refused a moment ago; recorded already. */
  refusal?: RuleRefusal;
  /** What was filled in before the form was drawn again. */
  values?: Values;
}

/** Moves an incident to a phase, and says what that asks for first (B5). */
export const setPhaseModal: Modal<SetPhaseProps, SetPhaseInput> = {
  callbackId: "set-phase",

  render: ({ state, phase, refusal, values = {} }) => {
    const { incident } = state;
    const to = phase ?? nextPhase(incident.phase);
    return modalView("set-phase", {
      title: "Change the phase",
      submit: "Move there",
      hint: { incidentId: incident.id },
      blocks: [
        ...refusalBlocks(refusal),
        context(incidentLine(incident)),
        selectInput(
          "phase",
          `The phase is “${lower(incident.phase)}” now. Where does it go?`,
          choices(state),
          {
            initial: to,
            isDispatched: true,
          },
        ),
        ...asked(state, to),
        textInput("reason", "Why? Going back takes a reason.", {
          isOptional: true,
          isMultiline: true,
          initial: textOf(values, "reason"),
        }),
        ...stillMissing(state),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    return ok({ incidentId: hintOf(metadata).incidentId, ...fields.value });
  },
};

/** The phase that comes next; from the last one, the one before it. */
function nextPhase(current: Phase): Phase {
  const at = phaseOrder.indexOf(current);
  return phaseOrder[at + 1] ?? phaseOrder[at - 1] ?? current;
}

function choices({ incident }: IncidentState) {
  return phaseOrder.map((id) => ({ value: id, text: choiceText(incident.phase, id) }));
}

function choiceText(current: Phase, to: Phase): string {
  if (to === current) return `${phases[to]}, where it is now`;
  return isForward(current, to) ? phases[to] : `Back to ${lower(to)}`;
}

/** What the move would be refused for, with the buttons that mend it. */
function asked(state: IncidentState, to: Phase): KnownBlock[] {
  const missing = phaseMissing(state, to);
  if (missing.length === 0) return [];
  return [
    section(`Before it can go to ${lower(to)}:`),
    ...mendBlocks(state, missing, `set-phase:${to}`),
  ];
}

/** What no gate asks for: to be seen, not to stand in the way. */
function stillMissing(state: IncidentState): KnownBlock[] {
  const lines = notAsked(state).map(({ sentence }) => sentence);
  if (lines.length === 0) return [];
  const shown = lines.slice(0, linesAtMost);
  const more = lines.length - shown.length;
  const text = [
    "Still missing, though no move waits for it:",
    ...shown.map((line) => `• ${line}`),
    ...(more > 0 ? [`And ${more} more.`] : []),
  ].join("\n");
  return [context(truncate(text, limits.contextText))];
}

const linesAtMost = 8;

function lower(phase: Phase): string {
  return phases[phase].toLowerCase();
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  phase: oneOf(phaseOrder, "Choose a phase."),
  reason: optionalText(fieldLimits.sentence),
});
