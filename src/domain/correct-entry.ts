import { err, ok, type Result } from "#src/lib/result.ts";
import { postMessage } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Changes, Decision } from "./decision.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { nothingNew } from "./nothing-new.ts";
import { isSameMinute, refuseFuture } from "./past-time.ts";
import type { Rejection } from "./rejection.ts";
import { type FoldedEntry, foldTimeline, isWithdrawable, wordsKey } from "./timeline-fold.ts";
import type { NewTimelineEntry, TimelineEntry } from "./timeline.ts";
import type { Lane } from "./vocabulary.ts";

/** How somebody wants an entry to read, or that it should go. */
export interface CorrectEntryInput {
  incidentId: IncidentId;
  /** The entry that is meant. */
  sequence: number;
  /** Null where the entry keeps its words: what a form recorded is not worded anew. */
  text: string | null;
  happenedAt: Date;
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
 * entry of its own. Notes, pinned messages and the impact may be worded anew; facts that a form recorded
 * may be dated anew. `known`: the entry and everything about it.
 */
export function decideCorrectEntry(
  state: IncidentState,
  input: CorrectEntryInput,
  by: By,
  known: readonly TimelineEntry[],
): Result<Decision, Rejection> {
  const { incident } = state;
  const folded = foldTimeline(known).find(({ entry }) => entry.sequence === input.sequence);
  if (!folded) return err({ code: "not_found", message: "There is no such entry any more." });
  const rejection =
    refuseIfOver(incident, "Correct it in the postmortem's pull request.") ??
    refuseStale(folded, input) ??
    refuseFuture("happened_at", input.happenedAt, by.now) ??
    refuseWording(wordsToCheck(folded, input));
  if (rejection) return err(rejection);

  const entry = input.isWithdrawn ? withdrawal(folded, input, by) : correction(folded, input, by);
  if (!entry) return ok(nothingNew(state));
  const isShownInChannel = folded.entry.kind === "note_added";
  return ok({
    changes: input.isWithdrawn ? {} : changesWith(folded, entry),
    timeline: [entry],
    effects: isShownInChannel
      ? [postMessage(incident.id, { kind: "entry", sequence: input.sequence })]
      : [],
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
  const key = wordsKey(entry.kind);
  const isReworded =
    key !== undefined && input.text !== null && input.text !== String(entry.data[key] ?? "");
  // the form knows no seconds: a time that was not touched stays to the second
  const isMoved = !isSameMinute(input.happenedAt, entry.happenedAt);
  if (!isReworded && !isMoved && input.lane === entry.lane) return undefined;
  const happenedAt = isMoved ? input.happenedAt : entry.happenedAt;
  return {
    lane: input.lane,
    kind: "entry_corrected",
    happenedAt: by.now,
    actor: by.userId,
    data: {
      entry: entry.sequence,
      text: isReworded ? input.text : null,
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
    return { code: "stale", message: "Somebody has taken this entry out already." };
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

/** R12 is for what somebody says now: a note's words and the reason, not somebody's message. */
function wordsToCheck(
  { entry }: FoldedEntry,
  { text, reason, isWithdrawn }: CorrectEntryInput,
): Record<string, string | null> {
  const isQuote = entry.kind === "message_pinned";
  return { text: isQuote || isWithdrawn ? null : text, reason };
}

/** The times that the incident itself holds follow the entry that gave them. */
function changesWith({ original }: FoldedEntry, { data }: NewTimelineEntry): Changes {
  const happenedAt = new Date(String(data["happenedAt"]));
  switch (original.kind) {
    case "onset_estimated":
      return { incident: { onsetAt: happenedAt } };
    case "impact_noticed":
      return { incident: { noticedAt: happenedAt } };
    default:
      return {};
  }
}
