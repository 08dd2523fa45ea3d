import type { EffectRow } from "#sandbox/page/live/topics.ts";
import type { WireCall } from "#sandbox/protocol.ts";
import type { Delivery } from "#sandbox/screen.ts";

const names: Readonly<Record<string, string>> = {
  "create-channel": "Open the channel",
  "set-topic": "Set the channel's topic",
  "invite-people": "Invite people to the channel",
  "post-message": "Post or update a message",
  "pin-panel": "Pin the panel",
  "file-issue": "File an issue",
  "propose-postmortem": "Propose the postmortem",
  "sync-members": "Look who is in the channel",
  "add-bookmarks": "Add bookmarks",
  "capture-message": "Keep a message for the timeline",
  "attach-postmortem": "Attach the postmortem",
  "draw-changes": "Draw the changes",
  "repair-incident": "Look for what is missing",
  "archive-channel": "Archive the channel",
  "close-on-github": "Close what a drill filed",
  "read-figures": "Read a file with counts",
  "publish-home": "Publish somebody's Home",
  "look-up-person": "Look up a person",
};

/** What an effect does, in words. */
export function effectInWords(name: string): string {
  return names[name] ?? name;
}

/** What an effect waits in line with: "channel of incident 1", "direct messages to @owner, incident 1". */
export function laneInWords(lane: string, people: ReadonlyMap<string, string>): string {
  const [kind, subject = "", userId = ""] = lane.split(":");
  const at = (id: string) => `@${people.get(id) ?? id}`;
  switch (kind) {
    case "channel":
      return `channel of incident ${subject}`;
    case "announcement":
      return `announcement of incident ${subject}`;
    case "capture":
      return `kept messages of incident ${subject}`;
    case "github":
      return `GitHub, incident ${subject}`;
    case "direct":
      return `direct messages to ${at(userId)}, incident ${subject}`;
    case "person":
      return `what concerns ${at(subject)}`;
    default:
      return lane;
  }
}

/** How far an effect is. */
export function stateInWords({ state, attempts }: Pick<EffectRow, "state" | "attempts">): string {
  switch (state) {
    case "pending":
      return attempts === 0 ? "waits for its turn" : "waits for its next attempt";
    case "attempting":
      return "under way";
    case "uncertain":
      return "uncertain: looks first, then tries again";
    case "done":
      return "done";
    case "dead":
      return "failed for good";
    default:
      return state;
  }
}

export function isFinished({ state }: Pick<EffectRow, "state">): boolean {
  return state === "done" || state === "dead";
}

/** How the bot answered something it was told. */
export function answerInWords({ outcome, status = 0, ms }: Delivery): string {
  switch (outcome) {
    case "waiting":
      return "no answer yet";
    case "timeout":
      return "no answer within 3 s";
    case "failed":
      return "nobody was there";
    case "answered":
      return `${status}, ${ms ?? 0} ms${(ms ?? 0) > slowMs ? ", slow" : ""}`;
  }
}

/** From here on a person notices the wait. */
export const slowMs = 1_000;

/** How a call of the bot's ended. */
export function outcomeInWords({ status, error }: WireCall): string {
  if (status === 0) return "cut off before an answer";
  return error === undefined ? String(status) : `${status} ${error}`;
}

const faults: Readonly<Record<NonNullable<WireCall["fault"]>, string>> = {
  latency: "made slow",
  status: "refused by a switch",
  cut_before: "cut off before it took effect",
  cut_after: "took effect, its answer was lost",
};

/** What was done to a call by a switch. */
export function faultInWords(fault: NonNullable<WireCall["fault"]>): string {
  return faults[fault];
}
