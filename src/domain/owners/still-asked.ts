import type { MessageRef } from "#src/domain/effect.ts";
import type { IncidentState, LeverUse } from "#src/domain/incident.ts";
import { isExamined } from "#src/domain/layer-state.ts";
import { authorizationsOf, isAsked, isInForce } from "#src/domain/lever-use.ts";
import type { UserId } from "#src/domain/person.ts";
import { hasStepCome, layersAskedOf, layersWithoutOwner } from "./owner.ts";

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
      return isOpen && !isExamined(state, ref.layer) && hasStepCome(state, ref.layer, ref.step);
    case "answer-late":
      return (
        isOpen && !isExamined(state, ref.layer) && hasStepCome(state, ref.layer, "coordinator")
      );
    case "owners-missing":
      return isOpen && layersWithoutOwner(state).length > 0;
    case "lever-reminder": {
      const use = state.levers.find(({ number }) => number === ref.leverNumber);
      return isOpen && use !== undefined && isInForce(use) && isAsked(state, use, ref.userId);
    }
    case "lever-late": {
      const use = state.levers.find(({ number }) => number === ref.leverNumber);
      return isOpen && use !== undefined && isInForce(use) && isLeverLate(state, use);
    }
    case "update-reminder": {
      const { updateDueAt } = state.incident;
      return isOpen && updateDueAt !== null && updateDueAt <= now;
    }
    default:
      return true;
  }
}

/** Whether somebody whose word is missing was reminded of it in vain: no reminder of theirs waits any more. */
function isLeverLate({ reminders }: IncidentState, use: LeverUse): boolean {
  const waits = (userId: UserId) =>
    reminders.some(
      ({ about }) =>
        about.kind === "lever-unconfirmed" &&
        about.leverNumber === use.number &&
        about.userId === userId,
    );
  return authorizationsOf(use).some(({ userId, state }) => state === "claimed" && !waits(userId));
}
