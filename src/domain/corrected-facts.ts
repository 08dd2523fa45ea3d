import { announce, updatePanel } from "./channel-effects.ts";
import type { CorrectEntryInput } from "./correct-entry.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import { changesOfDetails, wrongTimes } from "./details.ts";
import type { IncidentState, LeverUse } from "./incident.ts";
import { leverMessages } from "./lever-messages.ts";
import { isSameMinute, refuseFuture } from "./past-time.ts";
import type { Rejection } from "./rejection.ts";
import { type FoldedEntry, isDatable, wordsKey } from "./timeline-fold.ts";
import type { TimelineEntry } from "./timeline.ts";

// Some entries tell what the incident holds, too: its onset, what users see, since when a lever is in force.
// A correction of such an entry corrects both, or is refused.

/** What a correction says of an entry. */
type Said = Pick<CorrectEntryInput, "text" | "happenedAt" | "isWithdrawn">;

/** Whether an entry's own words are worded anew. */
export function isReworded(entry: TimelineEntry, { text }: Pick<Said, "text">): boolean {
  const key = wordsKey(entry.kind);
  return key !== undefined && text !== null && text !== String(entry.data[key] ?? "");
}

/** When it happened after all; undefined where the time stays. */
export function movedTime(
  entry: TimelineEntry,
  { happenedAt }: Pick<Said, "happenedAt">,
): Date | undefined {
  return happenedAt === null || isSameMinute(happenedAt, entry.happenedAt) ? undefined : happenedAt;
}

/** What the service recorded by its own clock keeps its time, and nothing is moved to where it cannot have been. */
export function refuseTime(
  state: IncidentState,
  { entry }: FoldedEntry,
  input: Said,
  by: By,
): Rejection | undefined {
  const movedTo = movedTime(entry, input);
  if (!movedTo || input.isWithdrawn) return undefined;
  const wrong = (message: string): Rejection => ({
    code: "bad_field",
    field: "happened_at",
    message,
  });
  if (!isDatable(entry.kind)) {
    return wrong(
      "This time was recorded by the service itself, so it stays. Add a note about what happened at another time.",
    );
  }
  const future = refuseFuture("happened_at", movedTo, by.now);
  if (future) return future;
  const { onsetAt, noticedAt } = state.incident;
  const times =
    entry.kind === "onset_estimated"
      ? { onsetAt: movedTo, noticedAt }
      : entry.kind === "impact_noticed"
        ? { onsetAt, noticedAt: movedTo }
        : undefined;
  const wrongDetail = times && wrongTimes(times, by);
  if (wrongDetail) return wrong(wrongDetail.message);
  const use = leverDated(state, entry, movedTo);
  return use?.endedAt && use.endedAt < use.startedAt
    ? wrong("The lever would have ended before it began. Choose another time.")
    : undefined;
}

/** What the incident holds of an entry follows the entry: its times, what users see, since when a lever is in force. */
export function whatFollows(
  state: IncidentState,
  { entry }: FoldedEntry,
  input: Said,
): Pick<Decision, "changes" | "effects"> {
  const { incident } = state;
  const movedTo = movedTime(entry, input);
  const panel = updatePanel(incident.id);
  if (entry.kind === "onset_estimated" && movedTo) {
    return { changes: changesOfDetails(state, { onsetAt: movedTo }), effects: [panel] };
  }
  if (entry.kind === "impact_noticed") {
    const text = isReworded(entry, input) ? input.text : null;
    const details = {
      ...(movedTo ? { noticedAt: movedTo } : {}),
      ...(text === null ? {} : { userImpact: text }),
    };
    if (Object.keys(details).length === 0) return { changes: {}, effects: [] };
    return {
      changes: changesOfDetails(state, details),
      effects: [panel, ...(text === null ? [] : announce(incident))],
    };
  }
  const use = movedTo && leverDated(state, entry, movedTo);
  return use
    ? { changes: { levers: [use] }, effects: [...leverMessages(state, use), panel] }
    : { changes: {}, effects: [] };
}

/** The lever that an entry tells of, begun or ended at this time; undefined for any other entry. */
function leverDated(state: IncidentState, entry: TimelineEntry, at: Date): LeverUse | undefined {
  const use = state.levers.find(({ number }) => number === entry.data["lever"]);
  if (entry.kind === "lever_recorded") return use && { ...use, startedAt: at };
  if (entry.kind === "lever_ended") return use?.endedAt ? { ...use, endedAt: at } : undefined;
  return undefined;
}
