import { type EffectRecord, findEffect } from "#src/db/effect-states.ts";
import { layers } from "#src/domain/layers/index.ts";
import type { Effect, MessageRef } from "#src/domain/effect.ts";
import { listInWords } from "#src/domain/words.ts";
import type { UserId } from "#src/domain/person.ts";
import { firstOf } from "#views/words.ts";
import type { JobContext } from "./handler.ts";
import type { NotInvited } from "./invite-people.ts";
import { findNames } from "./names.ts";

/** What did not work, to follow "I could not", and why, whole sentences that say what to do. */
export interface Trouble {
  what: string;
  reason: string;
}

/** What a person has to know of an effect that failed for good, or was done only in part; undefined where there is none such. */
export async function findTrouble(ctx: JobContext, effectId: string): Promise<Trouble | undefined> {
  const record = await findEffect(ctx.db, effectId);
  if (!record) return undefined;
  const names = await findNames(ctx, peopleOf(record));
  return troubleOf(record, (userId) => names.get(userId) ?? userId);
}

/** What an invitation, an issue and the end of a drill leave behind where they were done in part. */
interface InPart {
  failed?: NotInvited[];
  unassignable?: string[];
  /** Addresses of issues and pull requests. */
  elsewhere?: string[];
}

function peopleOf({ effect, outcome }: EffectRecord): UserId[] {
  const failed = ((outcome ?? {}) as InPart).failed ?? [];
  const people = failed.map((one) => one.userId);
  if (effect.name === "look-up-person" || effect.name === "read-figures") {
    people.push(effect.userId);
  }
  if (effect.name === "post-message" && "userId" in effect.message) {
    const { userId } = effect.message;
    if (userId !== undefined) people.push(userId);
  }
  return people;
}

type NameOf = (userId: UserId) => string;

function troubleOf(record: EffectRecord, nameOf: NameOf): Trouble {
  const { effect } = record;
  if (record.state === "dead") return { what: whatOf(effect, nameOf), reason: whyDead(record) };
  const { failed = [], unassignable = [], elsewhere = [] } = (record.outcome ?? {}) as InPart;
  if (elsewhere.length > 0) {
    return {
      what: "close what this drill filed on another GitHub",
      reason: `Close it there by hand: ${listInWords(firstOf(elsewhere))}.`,
    };
  }
  if (unassignable.length > 0) {
    const who = listInWords(unassignable);
    return {
      what: `assign ${who} on GitHub`,
      reason: `The issue is filed without an assignee: ${who} has no access to its repository. Give access there and assign it, or assign somebody else.`,
    };
  }
  return {
    what: `invite ${listInWords(failed.map((one) => nameOf(one.userId)))} to the channel`,
    reason: failed.map((one) => whyNotInvited(nameOf(one.userId), one.reason)).join(" "),
  };
}

/** After Slack's word for it (docs.slack.dev, conversations.invite), or ours. */
function whyNotInvited(who: string, reason: string): string {
  switch (reason) {
    case "is_guest":
    case "user_is_restricted":
    case "ura_max_channels":
      return `${who} is a guest or of another workspace: invite them by hand, or ask somebody else.`;
    case "is_deactivated":
    case "user_disabled":
    case "user_not_found":
    case "no_user":
      return `${who} is not active in Slack: name somebody else.`;
    case "is_bot":
      return `${who} is a bot: name a person.`;
    default:
      return `Slack does not let me invite ${who} (${reason}): invite them by hand, or ask somebody else.`;
  }
}

/** What an effect does, to follow "I could not". */
function whatOf(effect: Effect, nameOf: NameOf): string {
  switch (effect.name) {
    case "create-channel":
      return "open the incident's channel";
    case "set-topic":
      return "set the channel's topic";
    case "invite-people":
      return "invite people to the channel";
    case "pin-panel":
      return "pin the panel to the channel";
    case "file-issue":
      return `file the GitHub issue of action ${effect.actionNumber}`;
    case "propose-postmortem":
      return "propose the postmortem on GitHub";
    case "sync-members":
      return "see who is in the channel";
    case "look-up-person":
      return `look up ${nameOf(effect.userId)}`;
    case "add-bookmarks":
      return "bookmark the panel in the channel";
    case "capture-message":
      return effect.isKept
        ? "add the message to the timeline"
        : "take the message out of the timeline";
    case "read-figures":
      return `read ${effect.file.name}, a file with counts from ${nameOf(effect.userId)}`;
    case "attach-postmortem":
      return "attach the postmortem to the channel";
    case "repair-incident":
      return "look what is missing outside";
    case "read-ledger":
      return "look up in the ledger what changed";
    case "draw-changes":
      return "draw the changes of the incident";
    case "announce-change":
      return "announce a change that nobody declared";
    case "find-similar":
      return "look for earlier incidents that look like this one";
    case "note-reopened":
      return "write down that an earlier incident was reopened";
    case "archive-channel":
      return "archive the channel";
    case "close-on-github":
      return "close the issues and the pull request on GitHub";
    case "publish-home":
      return `show ${nameOf(effect.userId)} their Home`;
    case "post-message":
      return whatOfMessage(effect.message, nameOf);
  }
}

function whatOfMessage(ref: MessageRef, nameOf: NameOf): string {
  switch (ref.kind) {
    case "panel":
      return "bring the panel up to date";
    case "announcement":
      return "post the announcement";
    case "evidence-request":
      return "ask the owners of the layers in the channel";
    case "evidence-request-dm":
      return `ask ${nameOf(ref.userId)} by direct message`;
    case "lever":
      return `post lever ${ref.leverNumber} in the channel`;
    case "lever-dm":
      return `ask ${nameOf(ref.userId)} by direct message to confirm lever ${ref.leverNumber}`;
    case "evidence":
      return `post evidence ${ref.evidenceNumber} in the channel`;
    case "verdict":
      return `post the verdict on ${layers[ref.layer].label} in the channel`;
    case "action":
      return `post action ${ref.actionNumber} in the channel`;
    case "closed":
      return "post in the channel that the incident is over";
    case "entry":
      return `post entry ${ref.sequence} of the timeline in the channel`;
    case "learning":
      return `post ${learningWords[ref.item]} ${ref.number} in the channel`;
    case "strand":
      return `post strand ${ref.strandNumber} in the channel`;
    case "hypothesis":
      return `post hypothesis ${ref.number} in the channel`;
    case "similar":
      return "show in the channel that an earlier incident looks like this one";
    case "catch-up":
      return `tell ${nameOf(ref.userId)} by direct message where the incident stands`;
    case "answer-reminder":
      return `remind ${nameOf(ref.userId)} to answer for ${layers[ref.layer].label}`;
    case "answer-late":
      return `tell you that nobody has answered for ${layers[ref.layer].label}`;
    case "owners-missing":
      return "ask you to name owners of layers";
    case "update-reminder":
      return "remind you that an update is due";
    case "lever-reminder":
      return `remind ${nameOf(ref.userId)} to confirm lever ${ref.leverNumber}`;
    case "changes":
      return "show in the channel what changed in the window";
    case "lever-late":
      return `tell you that nobody has confirmed lever ${ref.leverNumber}`;
    case "file-unread":
      return `tell ${nameOf(ref.userId)} by direct message that their file was not recorded`;
    case "repaired":
      return "tell you what the repair did";
    case "trouble":
      return "tell you of a failure";
  }
}

const learningWords = {
  gap: "gap",
  factor: "factor",
  golden: "golden",
  risk: "accepted risk",
} as const;

/** `last_error` is `code: message`, or `unexpected: reference`. */
function whyDead({ effect, lastError }: EffectRecord): string {
  const [code = "", ...rest] = (lastError ?? "").split(": ");
  const message = rest.join(": ");
  if (code === "unexpected") {
    return `Something unexpected went wrong. Whoever runs this bot finds it in the log under ${message}.`;
  }
  if (code === "user_disabled" || code === "user_not_found") {
    return "They are not active in Slack any more: name somebody else.";
  }
  // Slack's errors speak in a clause, GitHub's in a sentence (their errors.ts)
  const isGitHub = ["file-issue", "propose-postmortem", "close-on-github"].includes(effect.name);
  const why = isGitHub ? message || code : `Slack refused: ${message || code}`;
  return why.endsWith(".") ? why : `${why}.`;
}
