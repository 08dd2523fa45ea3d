import type { CorrectiveAction, IncidentState, LeverUse } from "./incident.ts";
import { isExamined } from "./layer-state.ts";
import type { LayerId } from "./layers/index.ts";
import { isAsked, isInForce } from "./lever-use.ts";
import { layersAskedOf } from "./owners/owner.ts";
import type { UserId } from "./person.ts";
import { whoWritesUpdates } from "./updates.ts";

/** What an incident waits for from one person; all of it empty where it waits for nothing. */
export interface Wanted {
  /** Layers they are asked for that nobody has answered, in the order people see them. */
  layers: LayerId[];
  /** Levers in force that they are named for and have neither confirmed nor declined. */
  levers: LeverUse[];
  /** Corrective actions they own. */
  actions: CorrectiveAction[];
  /** When the next update is due, where they write it; null otherwise. */
  updateDueAt: Date | null;
}

/** What an open incident waits for from this person; nothing is waited for once it is over. */
export function wantedOf(state: IncidentState, userId: UserId): Wanted {
  const { incident, levers, actions } = state;
  const isOpen = incident.status === "open";
  return {
    layers: isOpen ? layersAskedOf(state, userId).filter((layer) => !isExamined(state, layer)) : [],
    levers: isOpen ? levers.filter((use) => isInForce(use) && isAsked(state, use, userId)) : [],
    actions: actions
      .filter((action) => action.owner === userId)
      .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.number - b.number)),
    updateDueAt: isOpen && whoWritesUpdates(incident) === userId ? incident.updateDueAt : null,
  };
}
