import { nextStep } from "#src/domain/checklist.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { isLayerId } from "#src/domain/layers/index.ts";
import { leversToTakeBack } from "#src/domain/lever-use.ts";
import { closeMissing } from "#src/domain/lifecycle.ts";
import type { Hint } from "#views/hint.ts";
import { questionButton } from "./question.ts";

/** The next best step: one sentence, and the button that leads to it. */
export interface NextButton {
  sentence: string;
  /** The form it opens, or the press it is. */
  actionId: string;
  label: string;
  hint: Hint;
}

/**
 * What to do next in an open incident. A lever whose condition has come is first: as long as it stays,
 * users go without what it took away. Then what the checklist says.
 */
export function nextButton(state: IncidentState): NextButton {
  const incidentId = state.incident.id;
  const [toTakeBack] = leversToTakeBack(state);
  if (toTakeBack) {
    const { number } = toTakeBack;
    return {
      sentence: `Next: the condition for taking back lever ${number} has come. Take it back, or keep it for good.`,
      ...endLever(incidentId, number),
    };
  }
  const { sentence, question } = nextStep(state);
  if (question?.kind === "answer") {
    // whoever presses answers for layers of their own, not for the one that is named here
    return { sentence, ...buttons.answer, hint: { incidentId } };
  }
  if (question) return { sentence, ...questionButton(state, question) };
  const [first] = closeMissing(state);
  if (!first) return { sentence, ...buttons.close, hint: { incidentId } };
  const [missing = ""] = first.missing;
  const lever = state.levers.find((use) => missing === `LV${use.number}`);
  if (lever) return { sentence, ...endLever(incidentId, lever.number) };
  return isLayerId(missing)
    ? { sentence, ...buttons.action, hint: { incidentId, layers: [missing] } }
    : { sentence, ...buttons.checklist, hint: { incidentId } };
}

const buttons = {
  answer: { actionId: "answer-layers", label: "Answer for your layer" },
  checklist: { actionId: "checklist", label: "Checklist" },
  action: { actionId: "add-action", label: "File an action" },
  close: { actionId: "close-incident", label: "Close incident" },
} as const;

function endLever(
  incidentId: Hint["incidentId"],
  leverNumber: number,
): Pick<NextButton, "actionId" | "label" | "hint"> {
  return {
    actionId: "end-lever",
    label: `End lever ${leverNumber}`,
    hint: { incidentId, leverNumber },
  };
}
