import type { Effect, MessageRef } from "./effect.ts";
import type { Incident, IncidentId, IncidentState } from "./incident.ts";
import { type LayerId, layerIds } from "./layers/index.ts";
import { answererOf, isOwned, ownerOf, standInOf } from "./owners/owner.ts";
import type { UserId } from "./person.ts";

/** Posts this message, or brings it up to date where it stands. */
export function postMessage(incidentId: IncidentId, message: MessageRef): Effect {
  return { name: "post-message", incidentId, message };
}

/** Brings this message up to date where it stands; posts nothing where it does not. */
export function updateMessage(incidentId: IncidentId, message: MessageRef): Effect {
  return { name: "post-message", incidentId, message, isUpdateOnly: true };
}

/** Posts a message that asks for something so that it notifies, also where it stands already. */
export function askAnew(incidentId: IncidentId, message: MessageRef): Effect {
  return { name: "post-message", incidentId, message, isAnew: true };
}

/** The pinned panel shows what is recorded now. */
export function updatePanel(incidentId: IncidentId): Effect {
  return postMessage(incidentId, { kind: "panel" });
}

/** The channel's topic says what is true now: after another severity, coordinator or status. */
export function setTopic(incidentId: IncidentId): Effect {
  return { name: "set-topic", incidentId };
}

/** The bookmarks of the channel: what is missing is added, what points elsewhere by now is put right. */
export function addBookmarks(incidentId: IncidentId): Effect {
  return { name: "add-bookmarks", incidentId };
}

/** The announcement, unless the incident is private. */
export function announce(incident: Incident): Effect[] {
  return incident.isPrivate ? [] : [postMessage(incident.id, { kind: "announcement" })];
}

/** The people who owe the answers for layers, each once, in the order of the layers. */
export function ownersOf(state: IncidentState, layers?: readonly LayerId[]): UserId[] {
  const owners = state.owners
    .filter(({ layer }) => layers === undefined || layers.includes(layer))
    .map(answererOf);
  return [...new Set(owners.filter((userId) => userId !== null))];
}

/**
 * The requests for answers, in the channel and to each owner of these layers (all layers, where none
 * are named): posted where they are not yet, else brought up to date, so that nobody is asked for what
 * they have answered. Those who are asked `anew` get a direct message that notifies.
 */
export function requestAnswers(
  state: IncidentState,
  layers?: readonly LayerId[],
  anew: readonly UserId[] = [],
): Effect[] {
  const { id } = state.incident;
  return [
    postMessage(id, { kind: "evidence-request" }),
    ...ownersOf(state, layers).map((userId) =>
      (anew.includes(userId) ? askAnew : postMessage)(id, { kind: "evidence-request-dm", userId }),
    ),
    ...(layers ?? layerIds).flatMap((layer) => lateMessages(state, layer)),
    ...((layers ?? layerIds).every((layer) => isOwned(ownerOf(state, layer)))
      ? []
      : [postMessage(id, { kind: "owners-missing" })]),
  ];
}

/** What was said about a layer that is late: brought up to date where it was said (`still-asked.ts`). */
export function lateMessages(state: IncidentState, layer: LayerId): Effect[] {
  const owner = ownerOf(state, layer);
  if (!owner || owner.remindedAt === null) return [];
  const { id } = state.incident;
  const remindersTo = (step: "owner" | "stand-in", userId: UserId | null) =>
    userId === null ? [] : [postMessage(id, { kind: "answer-reminder", userId, layer, step })];
  return [
    ...remindersTo("owner", answererOf(owner)),
    ...remindersTo("stand-in", standInOf(owner)),
    postMessage(id, { kind: "answer-late", layer }),
  ];
}

/**
 * What follows once Slack has made the channel. The channel is of use as soon as people are in it and
 * the panel stands, so these two come first, one call each; then what people are asked, and last what
 * only makes it easier to find one's way. Every owner who is a person is asked once by direct message,
 * for all layers of theirs.
 */
export function afterChannelOpened(state: IncidentState): Effect[] {
  const { incident } = state;
  return [
    { name: "invite-people", incidentId: incident.id, userIds: invitedAtOpening(state) },
    updatePanel(incident.id),
    ...requestAnswers(state),
    setTopic(incident.id),
    { name: "pin-panel", incidentId: incident.id },
    addBookmarks(incident.id),
    ...announce(incident),
    // what was found before there was a channel (R13)
    ...state.similarIncidents.map(({ otherId }) =>
      postMessage(incident.id, { kind: "similar", otherId }),
    ),
  ];
}

/** Who is invited as the channel opens: whoever declared it or has a role by then, and the owners of its layers. */
function invitedAtOpening(state: IncidentState): UserId[] {
  const { declaredBy, coordinator, postmortemDriver, communications, scribe } = state.incident;
  const roles = [declaredBy, coordinator, postmortemDriver, communications, scribe];
  return [...new Set([...roles.filter((userId) => userId !== null), ...ownersOf(state)])];
}

/**
 * What follows when somebody comes into the channel: whoever is named by the incident knows what it is
 * about, everybody else is told by direct message, once.
 */
export function afterJoining(state: IncidentState, userId: UserId): Effect[] {
  const { incident } = state;
  if (incident.status !== "open" || incident.hiddenAt !== null) return [];
  return isInvolved(state, userId) ? [] : [postMessage(incident.id, { kind: "catch-up", userId })];
}

/** Whether the incident names this person: as declarer, in a role, as owner, as authorizer. A stand-in hears of it late, too. */
function isInvolved({ incident, owners, levers }: IncidentState, userId: UserId): boolean {
  return [
    incident.declaredBy,
    incident.coordinator,
    incident.postmortemDriver,
    incident.communications,
    incident.scribe,
    ...owners.flatMap((owner) => [owner.userId, owner.takenBy]),
    ...levers.flatMap((use) => [use.authorizer, use.secondAuthorizer]),
  ].includes(userId);
}
