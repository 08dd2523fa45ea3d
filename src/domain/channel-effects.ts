import type { Effect, MessageRef } from "./effect.ts";
import type { Incident, IncidentId, IncidentState } from "./incident.ts";
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

/**
 * What follows once Slack has made the channel: the panel first, then the people, then what they are
 * asked. Every owner who is a person is asked once by direct message, for all layers of theirs.
 */
export function afterChannelOpened(state: IncidentState): Effect[] {
  const { incident } = state;
  const owners = [
    ...new Set(state.owners.map((owner) => owner.userId).filter((userId) => userId !== null)),
  ];
  const invited: UserId[] = [...new Set([incident.declaredBy, ...owners])];
  return [
    { name: "set-topic", incidentId: incident.id },
    updatePanel(incident.id),
    { name: "pin-panel", incidentId: incident.id },
    { name: "invite-people", incidentId: incident.id, userIds: invited },
    postMessage(incident.id, { kind: "evidence-request" }),
    ...owners.map((userId) => postMessage(incident.id, { kind: "evidence-request-dm", userId })),
    ...announce(incident),
  ];
}
