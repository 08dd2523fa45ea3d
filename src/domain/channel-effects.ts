import type { Effect, MessageRef } from "./effect.ts";
import type { Incident, IncidentId, IncidentState } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import type { UserId } from "./person.ts";

/** Posts this message, or brings it up to date where it stands. */
export function postMessage(incidentId: IncidentId, message: MessageRef): Effect {
  return { name: "post-message", incidentId, message };
}

/** The pinned panel shows what is recorded now. */
export function updatePanel(incidentId: IncidentId): Effect {
  return postMessage(incidentId, { kind: "panel" });
}

/** The announcement, unless the incident is private. */
export function announce(incident: Incident): Effect[] {
  return incident.isPrivate ? [] : [postMessage(incident.id, { kind: "announcement" })];
}

/** The people who own layers, each once, in the order of the layers. */
function ownersOf(state: IncidentState, layers?: readonly LayerId[]): UserId[] {
  const owners = state.owners
    .filter(({ layer }) => layers === undefined || layers.includes(layer))
    .map(({ userId }) => userId);
  return [...new Set(owners.filter((userId) => userId !== null))];
}

/**
 * The requests for answers, in the channel and to each owner of these layers (all layers, where none
 * are named): posted where they are not yet, else brought up to date, so that nobody is asked for what
 * they have answered.
 */
export function requestAnswers(state: IncidentState, layers?: readonly LayerId[]): Effect[] {
  const { id } = state.incident;
  return [
    postMessage(id, { kind: "evidence-request" }),
    ...ownersOf(state, layers).map((userId) =>
      postMessage(id, { kind: "evidence-request-dm", userId }),
    ),
  ];
}

/**
 * What follows once Slack has made the channel: the panel first, then the people, then what they are
 * asked. Every owner who is a person is asked once by direct message, for all layers of theirs.
 */
export function afterChannelOpened(state: IncidentState): Effect[] {
  const { incident } = state;
  const invited: UserId[] = [...new Set([incident.declaredBy, ...ownersOf(state)])];
  return [
    { name: "set-topic", incidentId: incident.id },
    updatePanel(incident.id),
    { name: "pin-panel", incidentId: incident.id },
    { name: "invite-people", incidentId: incident.id, userIds: invited },
    ...requestAnswers(state),
    ...announce(incident),
  ];
}
