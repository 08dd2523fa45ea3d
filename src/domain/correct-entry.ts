import { err, ok, type Result } from "#src/lib/result.ts";
import { postMessage } from "./channel-effects.ts";
import { isReworded, movedTime, refuseTime, whatFollows } from "./corrected-facts.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { nothingNew } from "./nothing-new.ts";
import type { Rejection } from "./rejection.ts";
import { type FoldedEntry, foldTimeline, isWithdrawable } from "./timeline-fold.ts";
import type { NewTimelineEntry, TimelineEntry } from "./timeline.ts";
import type { Lane } from "./vocabulary.ts";

/** How somebody wants an entry to read, or that it should go. */
export interface CorrectEntryInput {
  incidentId: IncidentId;
  /** The entry that is meant. */
  sequence: number;
  /** Null where the entry keeps its words: what a form recorded is not worded anew. */
  text: string | null;
  /** Null where the form does not ask: the service's own clock told it. */
  happenedAt: Date | null;
  lane: Lane;
  /** Why; null where nobody says. */
  reason: string | null;
  /** Take it out: a note or a pinned message that should not stand there. */
  isWithdrawn: boolean;
  /** The newest entry when the form was drawn: a correction after it, the person has not seen. */
  seenSequence: number;
}

/**
 * Corrects an entry of the timeline, or takes it out. The entry stays as it is; what is said of it is an
 * entry of its own. Notes, pinned messages and the impact may be worded anew; what people tell the time
 * of may be dated anew, and what the incident holds of it follows. `known`: the entry and everything about it.
 */
export function decideCorrectEntry(
  state: IncidentState,
  input: CorrectEntryInput,
  by: By,
  known: readonly TimelineEntry[],
): Result<Decision, Rejection> {
  const { incident } = state;
  const folded = foldTimeline(known).find(({ entry }) => entry.sequence === input.sequence);
  if (!folded)
    return err({
      code: "not_found",
      message: "There is no such entry any more. Open the timeline again and choose another.",
    });
  const rejection =
    refuseIfOver(incident, "Correct it in the postmortem's pull request.") ??
    refuseStale(folded, input) ??
    refuseUnexplained(folded, input, by) ??
    refuseTime(state, folded, input, by) ??
    refuseWording(wordsToCheck(folded, input));
  if (rejection) return err(rejection);

  const entry = input.isWithdrawn ? withdrawal(folded, input, by) : correction(folded, input, by);
  if (!entry) return ok(nothingNew(state));
  const isShownInChannel = folded.entry.kind === "note_added";
  const { changes, effects } = input.isWithdrawn
    ? { changes: {}, effects: [] }
    : whatFollows(state, folded, input);
  return ok({
    changes,
    timeline: [entry],
    effects: [
      ...(isShownInChannel
        ? [postMessage(incident.id, { kind: "entry", sequence: input.sequence })]
        : []),
      ...effects,
    ],
    outcome: {
      sentence: input.isWithdrawn
        ? "Taken out of the timeline. It stays in the record as withdrawn."
        : "Corrected. What was there before stays in its history.",
      incidentId: incident.id,
    },
  });
}

/** Takes an entry out: words of a message are kept in the record, and no longer shown. */
export function withdrawal(
  { entry }: FoldedEntry,
  { reason }: Pick<CorrectEntryInput, "reason">,
  by: By,
): NewTimelineEntry {
  return {
    lane: entry.lane,
    kind: "entry_withdrawn",
    happenedAt: by.now,
    actor: by.userId,
    data: { entry: entry.sequence, reason, ...sourceOf(entry) },
  };
}

function correction(
  { entry }: FoldedEntry,
  input: CorrectEntryInput,
  by: By,
): NewTimelineEntry | undefined {
  const isNewText = isReworded(entry, input);
  // the form knows no seconds: a time that was not touched stays to the second
  const movedTo = movedTime(entry, input);
  if (!isNewText && !movedTo && input.lane === entry.lane) return undefined;
  const happenedAt = movedTo ?? entry.happenedAt;
  return {
    lane: input.lane,
    kind: "entry_corrected",
    happenedAt: by.now,
    actor: by.userId,
    data: {
      entry: entry.sequence,
      text: isNewText ? input.text : null,
      happenedAt: happenedAt.toISOString(),
      lane: input.lane,
      reason: input.reason,
      ...sourceOf(entry),
    },
  };
}

/** Which message it is about, so that it is found with the entry. */
function sourceOf(entry: TimelineEntry): { source?: string } {
  const { source } = entry.data;
  return typeof source === "string" ? { source } : {};
}

function refuseStale(
  { entry, corrections, withdrawal: gone }: FoldedEntry,
  input: CorrectEntryInput,
): Rejection | undefined {
  if (gone) {
    return {
      code: "stale",
      message: "Somebody has taken this entry out already; nothing is left to do.",
    };
  }
  if (corrections.some(({ sequence }) => sequence > input.seenSequence)) {
    return {
      code: "stale",
      message:
        "Somebody corrected this entry while you had it open. Close the form and open the entry again.",
    };
  }
  if (input.isWithdrawn && !isWithdrawable(entry.kind)) {
    return {
      code: "stale",
      message:
        "This was recorded by a form, so it stays. Record what is true now with that form; you can correct the time here.",
    };
  }
  return undefined;
}

/** What somebody else recorded is neither taken out nor worded anew without a word of why. */
function refuseUnexplained(
  { entry, original }: FoldedEntry,
  input: CorrectEntryInput,
  by: By,
): Rejection | undefined {
  if (original.actor === by.userId || input.reason !== null) return undefined;
  if (!input.isWithdrawn && !isReworded(entry, input)) return undefined;
  const what = input.isWithdrawn ? "taken out" : "worded anew";
  return {
    code: "bad_field",
    field: "reason",
    message: `Somebody else recorded this entry. Say why it is ${what}.`,
  };
}

/** R12 is for what somebody says now: a note's words and the reason, not somebody's message. */
function wordsToCheck(
  { entry }: FoldedEntry,
  { text, reason, isWithdrawn }: CorrectEntryInput,
): Record<string, string | null> {
  const isQuote = entry.kind === "message_pinned";
  return { text: isQuote || isWithdrawn ? null : text, reason };
}
