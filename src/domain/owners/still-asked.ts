import type { MessageRef } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { isAwaited, isInForce } from "#src/domain/lever-use.ts";
import { hasStepCome, isAnsweredFor, layersAskedOf, layersWithoutOwner } from "./owner.ts";

/**
 * Whether a message still asks somebody for something. One that does not is brought up to date where
 * it stands, and is never posted anew: nobody is told "thank you" who was not asked. True for every
 * other message.
 */
export function isStillAsked(ref: MessageRef, state: IncidentState, now: Date): boolean {
  const isOpen = state.incident.status === "open";
  switch (ref.kind) {
    case "evidence-request-dm":
      return isOpen && layersAskedOf(state, ref.userId).length > 0;
    case "answer-reminder":
      return isOpen && !isAnsweredFor(state, ref.layer) && hasStepCome(state, ref.layer, ref.step);
    case "answer-late":
      return (
        isOpen && !isAnsweredFor(state, ref.layer) && hasStepCome(state, ref.layer, "coordinator")
      );
    case "owners-missing":
      return isOpen && layersWithoutOwner(state).length > 0;
    case "lever-reminder": {
      const use = state.levers.find(({ number }) => number === ref.leverNumber);
      return isOpen && use !== undefined && isInForce(use) && isAwaited(use, ref.userId);
    }
    case "update-reminder": {
      const { updateDueAt } = state.incident;
      return isOpen && updateDueAt !== null && updateDueAt <= now;
    }
    default:
      return true;
  }
}
