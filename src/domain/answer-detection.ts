import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { detectionAnswerTo, earlierSignalMark } from "./detection.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId } from "./incident.ts";
import type { DetectionAnswer } from "./learning.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { nothingNew } from "./nothing-new.ts";
import type { DetectionQuestion } from "./vocabulary.ts";

export interface AnswerDetectionInput {
  incidentId: IncidentId;
  /** The questions that hold a text; never empty. */
  answers: { question: DetectionQuestion; answer: string }[];
}

/** Records answers to why detection did not catch it (B9); an answer that reads as it stood is no news. */
export const decideAnswerDetection: Decider<AnswerDetectionInput> = (state, input, by) => {
  const { incident } = state;
  const texts = Object.fromEntries(input.answers.map(({ question, answer }) => [question, answer]));
  const rejection = refuseIfOver(incident) ?? refuseWording(texts);
  if (rejection) return err(rejection);
  const changed = input.answers.filter(
    ({ question, answer }) => detectionAnswerTo(state, question)?.answer !== answer,
  );
  if (changed.length === 0) return ok(nothingNew(state));

  const detectionAnswers = changed.map((one): DetectionAnswer => ({
    ...one,
    author: by.userId,
    recordedAt: by.now,
  }));
  // the messages of gaps ask this question until it is answered
  const wasAsked = earlierSignalMark(state) && "user_signal_present_earlier" in texts;
  return ok({
    changes: { detectionAnswers },
    timeline: changed.map(({ question, answer }) => ({
      lane: "learning",
      kind: "detection_answered",
      happenedAt: by.now,
      actor: by.userId,
      data: { question, answer },
    })),
    effects: [
      ...changed.map((_one, index) =>
        postMessage(incident.id, { kind: "entry", sequence: state.lastSequence + 1 + index }),
      ),
      ...(wasAsked
        ? state.gaps.map(({ number }) =>
            postMessage(incident.id, { kind: "learning", item: "gap", number }),
          )
        : []),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `Recorded ${changed.length === 1 ? "your answer" : `${changed.length} answers`} about detection.`,
      incidentId: incident.id,
    },
  });
};
