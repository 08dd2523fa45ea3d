import type { IncidentId } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import type { UserId } from "./person.ts";
import type { FilledIn } from "./read-file.ts";

/**
 * The closed union of what happens outside: one variant, one handler in `src/jobs/`. A variant
 * carries ids only, never rendered text: a late retry renders today's truth.
 */
export type Effect =
  | { name: "create-channel"; incidentId: IncidentId }
  | { name: "set-topic"; incidentId: IncidentId }
  | { name: "invite-people"; incidentId: IncidentId; userIds: UserId[] }
  | {
      name: "post-message";
      incidentId: IncidentId;
      message: MessageRef;
      /**
       * Somebody is asked once more, and Slack notifies nobody of an edit: posted anew, and the message
       * that stood until then says so. Where nothing is asked any more, it is an update like another.
       */
      isAnew?: true;
      /** Only brings up to date what stands: a message that was never posted is not posted for this. */
      isUpdateOnly?: true;
    }
  | { name: "pin-panel"; incidentId: IncidentId }
  | { name: "file-issue"; incidentId: IncidentId; actionNumber: number }
  | { name: "propose-postmortem"; incidentId: IncidentId }
  | { name: "sync-members"; incidentId: IncidentId }
  | { name: "add-bookmarks"; incidentId: IncidentId }
  /** Reads a message of Slack's and adds it to the timeline, or takes it out again. */
  | {
      name: "capture-message";
      incidentId: IncidentId;
      channelId: string;
      ts: string;
      userId: UserId;
      /** False: whoever pinned it took the reaction back. */
      isKept: boolean;
    }
  /** Attaches the postmortem to the channel as a file, where no repository takes it. */
  | { name: "attach-postmortem"; incidentId: IncidentId }
  /** Looks at everything outside, has made what is missing, and tells who asked. */
  | { name: "repair-incident"; incidentId: IncidentId; userId: UserId }
  | { name: "archive-channel"; incidentId: IncidentId }
  /** Closes the issues and the pull request of a drill that is taken away, with the label `drill`. */
  | { name: "close-on-github"; incidentId: IncidentId }
  /** Looks up in the ledger what changed in the window, and adds it to the timeline. */
  | { name: "read-ledger"; incidentId: IncidentId }
  /** Draws the changes against onset, detection, levers and impact, into the channel; somebody asked for it. */
  | { name: "draw-changes"; incidentId: IncidentId; userId: UserId }
  /** Looks for earlier incidents that look like this one (R13). */
  | { name: "find-similar"; incidentId: IncidentId }
  /**
   * Reads a file with counts, and records what it says in the name of who put it into a form. What they
   * filled in goes with it: it is recorded nowhere else until the file is read.
   */
  | {
      name: "read-figures";
      incidentId: IncidentId;
      userId: UserId;
      file: { id: string; name: string };
      values: FilledIn;
    }
  /** Writes down in an incident that another one was opened again because they look the same. */
  | { name: "note-reopened"; incidentId: IncidentId; otherId: IncidentId; userId: UserId }
  /** Tells where the service's incidents are announced that a pin changed and nobody declared it. */
  | { name: "announce-change"; incidentId: null; intervalId: number }
  /** Publishes the App Home of one person. */
  | { name: "publish-home"; incidentId: null; userId: UserId }
  | { name: "look-up-person"; incidentId: null; userId: UserId };

export type EffectName = Effect["name"];

/**
 * Which message of ours is meant. A message of the same reference is posted once and then updated in
 * place, unless somebody is asked anew; its reference, as text, is the key of the row that remembers its ts.
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
  /** What happened, as a line in the channel: one timeline entry (a role, a severity, a note). */
  | { kind: "entry"; sequence: number }
  /** A gap, a factor, a golden or an accepted risk, in the channel. */
  | { kind: "learning"; item: "gap" | "factor" | "golden" | "risk"; number: number }
  /** A strand, in the channel. */
  | { kind: "strand"; strandNumber: number }
  /** What somebody believes broke first, in the channel. */
  | { kind: "hypothesis"; number: number }
  /** What the ledger found to have changed in the window, in the channel. */
  | { kind: "changes" }
  /** An earlier incident that looks like this one, in the channel. */
  | { kind: "similar"; otherId: IncidentId }
  /** To somebody who comes late, by direct message: what users suffer, what is known, what is wanted. */
  | { kind: "catch-up"; userId: UserId }
  /** To an owner who has not answered, by direct message; posted anew for each step. */
  | { kind: "answer-reminder"; userId: UserId; layer: LayerId; step: "owner" | "stand-in" }
  /** To the coordinator, in the channel: nobody has answered for this layer. */
  | { kind: "answer-late"; layer: LayerId }
  /** To the coordinator, in the channel: layers that nobody is named for, with a button to name one. */
  | { kind: "owners-missing" }
  /** In the channel: the next update is due, with buttons to write it or to wait. */
  | { kind: "update-reminder" }
  /** To an authorizer who has not answered, by direct message. */
  | { kind: "lever-reminder"; leverNumber: number; userId: UserId }
  /** To the coordinator, in the channel: nobody has confirmed this lever, whoever was asked. */
  | { kind: "lever-late"; leverNumber: number }
  /** To who put a file with counts into a form, by direct message: it was not recorded, and why. */
  | { kind: "file-unread"; effectId: string; userId: UserId }
  /** What a repair did, in the channel; with `userId` by direct message to who asked, where the channel is archived or gone. */
  | { kind: "repaired"; effectId: string; userId?: UserId }
  /** Something a person has to do, because an effect failed for good; told to the coordinator. */
  | { kind: "trouble"; effectId: string };

/** The reference as text, unique within the incident: `lever:1`, `verdict:1:model`. */
export function messageKey(ref: MessageRef): string {
  switch (ref.kind) {
    case "evidence-request-dm":
      return `${ref.kind}:${ref.userId}`;
    case "lever":
    case "lever-late":
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
    case "repaired":
    case "file-unread":
      return `${ref.kind}:${ref.effectId}`;
    case "entry":
      return `${ref.kind}:${ref.sequence}`;
    case "learning":
      return `${ref.item}:${ref.number}`;
    case "strand":
      return `${ref.kind}:${ref.strandNumber}`;
    case "hypothesis":
      return `${ref.kind}:${ref.number}`;
    case "similar":
      return `${ref.kind}:${ref.otherId}`;
    case "catch-up":
      return `${ref.kind}:${ref.userId}`;
    case "answer-reminder":
      return `${ref.kind}:${ref.layer}:${ref.step}:${ref.userId}`;
    case "answer-late":
      return `${ref.kind}:${ref.layer}`;
    case "lever-reminder":
      return `${ref.kind}:${ref.leverNumber}:${ref.userId}`;
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
      // an update that waits does not stand for one that notifies, or that may have to post
      return `${effect.name}:${subject}:${messageKey(effect.message)}${effect.isAnew ? ":anew" : ""}${effect.isUpdateOnly ? ":update" : ""}`;
    case "file-issue":
      return `${effect.name}:${subject}:${effect.actionNumber}`;
    case "look-up-person":
    case "publish-home":
      return `${effect.name}:${effect.userId}`;
    case "announce-change":
      return `${effect.name}:${effect.intervalId}`;
    case "capture-message":
      return `${effect.name}:${subject}:${effect.channelId}:${effect.ts}:${effect.userId}:${effect.isKept}`;
    case "repair-incident":
      return `${effect.name}:${subject}:${effect.userId}`;
    case "note-reopened":
      return `${effect.name}:${subject}:${effect.otherId}`;
    case "read-figures":
      return `${effect.name}:${subject}:${effect.userId}:${effect.file.id}`;
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
    case "publish-home":
      return `person:${effect.userId}`;
    case "capture-message":
      return `capture:${effect.incidentId}`;
    // nothing in the channel waits for a search
    case "find-similar":
    case "note-reopened":
      return `similar:${effect.incidentId}`;
    // in the order in which they were seen, whatever channels they go to
    case "announce-change":
      return "announce-change";
    case "read-ledger":
      return `ledger:${effect.incidentId}`;
    // nothing in the channel waits for a download; files are recorded in the order in which they came
    case "read-figures":
    case "draw-changes":
      return `figures:${effect.incidentId}`;
    case "file-issue":
    case "propose-postmortem":
    case "close-on-github":
      return `github:${effect.incidentId}`;
    case "post-message":
      if (effect.message.kind === "announcement") return `announcement:${effect.incidentId}`;
      if ("userId" in effect.message) return `direct:${effect.incidentId}:${effect.message.userId}`;
      return `channel:${effect.incidentId}`;
    default:
      return `channel:${effect.incidentId}`;
  }
}
