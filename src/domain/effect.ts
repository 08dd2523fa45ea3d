import type { IncidentId } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import type { UserId } from "./person.ts";

/**
 * The closed union of what happens outside: one variant, one handler in `src/jobs/`. A variant
 * carries ids only, never rendered text: a late retry renders today's truth.
 */
export type Effect =
  | { name: "create-channel"; incidentId: IncidentId }
  | { name: "set-topic"; incidentId: IncidentId }
  | { name: "invite-people"; incidentId: IncidentId; userIds: UserId[] }
  | { name: "post-message"; incidentId: IncidentId; message: MessageRef }
  | { name: "pin-panel"; incidentId: IncidentId }
  | { name: "file-issue"; incidentId: IncidentId; actionNumber: number }
  | { name: "propose-postmortem"; incidentId: IncidentId }
  | { name: "sync-members"; incidentId: IncidentId }
  | { name: "look-up-person"; incidentId: null; userId: UserId };

export type EffectName = Effect["name"];

/**
 * Which message of ours is meant. A message of the same reference is posted once and then updated in
 * place; its reference, as text, is the key of the row that remembers its ts.
 */
export type MessageRef =
  /** The pinned panel with the evidence board, in the channel. */
  | { kind: "panel" }
  /** In the announcement channel; edited in place. */
  | { kind: "announcement" }
  /** Mentions the owners of these layers in the channel, with the button to the form. */
  | { kind: "evidence-request" }
  /** The same by direct message, one to each owner, for all layers of theirs. */
  | { kind: "evidence-request-dm"; userId: UserId }
  | { kind: "lever"; leverNumber: number }
  | { kind: "lever-dm"; leverNumber: number; userId: UserId }
  /** A new item of evidence, in the channel. */
  | { kind: "evidence"; evidenceNumber: number }
  /** A verdict that was set, in the channel. */
  | { kind: "verdict"; strandNumber: number; layer: LayerId }
  /** A corrective action, in the channel; shows its issue once filed. */
  | { kind: "action"; actionNumber: number }
  /** The response has ended; shows the pull request once it is open. */
  | { kind: "closed" }
  /** Something a person has to do, because an effect failed for good; told to the coordinator. */
  | { kind: "trouble"; effectId: string };

/** The reference as text, unique within the incident: `lever:1`, `verdict:1:model`. */
export function messageKey(ref: MessageRef): string {
  switch (ref.kind) {
    case "evidence-request-dm":
      return `${ref.kind}:${ref.userId}`;
    case "lever":
      return `${ref.kind}:${ref.leverNumber}`;
    case "lever-dm":
      return `${ref.kind}:${ref.leverNumber}:${ref.userId}`;
    case "evidence":
      return `${ref.kind}:${ref.evidenceNumber}`;
    case "verdict":
      return `${ref.kind}:${ref.strandNumber}:${ref.layer}`;
    case "action":
      return `${ref.kind}:${ref.actionNumber}`;
    case "trouble":
      return `${ref.kind}:${ref.effectId}`;
    default:
      return ref.kind;
  }
}

/**
 * Identity of an effect: while a row of this key waits to be attempted, a second one is not written
 * (it would render the same truth). A finished row does not stand in the way of a new one.
 */
export function effectKey(effect: Effect): string {
  const subject = effect.incidentId === null ? "team" : `incident:${effect.incidentId}`;
  switch (effect.name) {
    case "invite-people":
      return `${effect.name}:${subject}:${effect.userIds.join("+")}`;
    case "post-message":
      return `${effect.name}:${subject}:${messageKey(effect.message)}`;
    case "file-issue":
      return `${effect.name}:${subject}:${effect.actionNumber}`;
    case "look-up-person":
      return `${effect.name}:${effect.userId}`;
    default:
      return `${effect.name}:${subject}`;
  }
}

/**
 * Effects of one lane run one after the other, in the order in which they were written: what people
 * read in a channel stands in the order in which it happened, and no message is posted twice at once.
 */
export function effectLane(effect: Effect): string {
  switch (effect.name) {
    case "look-up-person":
      return `person:${effect.userId}`;
    case "file-issue":
    case "propose-postmortem":
      return `github:${effect.incidentId}`;
    case "post-message":
      if (effect.message.kind === "announcement") return `announcement:${effect.incidentId}`;
      if ("userId" in effect.message) return `direct:${effect.incidentId}:${effect.message.userId}`;
      return `channel:${effect.incidentId}`;
    default:
      return `channel:${effect.incidentId}`;
  }
}
