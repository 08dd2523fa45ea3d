import type { Mark } from "./decision.ts";
import type { IncidentState } from "./incident.ts";
import type { DetectionAnswer } from "./learning.ts";
import { type DetectionQuestion, detectionQuestions } from "./vocabulary.ts";

/** The questions of B9 in their order. */
export const detectionQuestionIds = Object.keys(detectionQuestions) as DetectionQuestion[];

/** The answer that stands to a question of B9. */
export function detectionAnswerTo(
  state: Pick<IncidentState, "detectionAnswers">,
  question: DetectionQuestion,
): DetectionAnswer | undefined {
  return state.detectionAnswers.find((one) => one.question === question);
}

/**
 * B13.15: an incident with gaps that was noticed by an internal signal is asked whether a signal was
 * there earlier; undefined where it was noticed otherwise, or the question is answered.
 */
export function earlierSignalMark(state: IncidentState): Mark | undefined {
  const question = "user_signal_present_earlier";
  const { noticedHow, alsoNoticedHow } = state.incident;
  if (![noticedHow, ...alsoNoticedHow].includes("internal_signal")) return undefined;
  if (detectionAnswerTo(state, question)) return undefined;
  return {
    id: `suggestion:B9:${question}`,
    sentence: `An internal signal led to this incident. ${detectionQuestions[question]} Answer it, so that the postmortem can say what became of that signal.`,
    opens: { formId: "answer-detection", label: "Answer it" },
  };
}
