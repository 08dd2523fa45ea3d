import { err, ok, type Result } from "#src/lib/result.ts";
import { withdrawal } from "./correct-entry.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import type { IncidentState } from "./incident.ts";
import { refuseIfOver } from "./lifecycle.ts";
import type { UserId } from "./person.ts";
import type { Rejection } from "./rejection.ts";
import { type FoldedEntry, foldTimeline } from "./timeline-fold.ts";
import type { NewTimelineEntry, TimelineEntry } from "./timeline.ts";

/** A message of Slack's, as the timeline keeps it. */
export interface PinnedMessage {
  channelId: string;
  ts: string;
  /** Who wrote it; null for an app without a user. */
  author: UserId | null;
  /** What an app without a user calls itself; null for people. */
  authorName: string | null;
  /** As people read it; empty where it holds files alone. */
  text: string;
  /** Names of the files and images that came with it. */
  files: string[];
  link: string | null;
}

/** How a message came into the timeline: only what a pushpin put there goes with the last pushpin. */
export type PinnedHow = "pushpin" | "shortcut";

/** The message that an entry stands for, as its entries name it. */
export function sourceKey({ channelId, ts }: Pick<PinnedMessage, "channelId" | "ts">): string {
  return `${channelId}:${ts}`;
}

/**
 * Adds a message to the timeline, at its own time and under the name of who wrote it. One entry stands
 * for a message, whoever pins it and how often. `known`: all entries that name this message.
 */
export function decidePinMessage(
  state: IncidentState,
  input: { message: PinnedMessage; how: PinnedHow },
  by: By,
  known: readonly TimelineEntry[],
): Result<Decision, Rejection> {
  const { incident } = state;
  const rejection = refuseIfOver(incident, "Add it to the postmortem's pull request.");
  if (rejection) return err(rejection);
  if (standingPin(known)) {
    return ok({
      changes: {},
      timeline: [],
      effects: [],
      outcome: {
        sentence: "This message is in the timeline already.",
        incidentId: incident.id,
        isShown: true,
      },
    });
  }
  const { message, how } = input;
  const { author, authorName, text, files, link } = message;
  const entry: NewTimelineEntry = {
    lane: "diagnosis",
    kind: "message_pinned",
    happenedAt: new Date(Number(message.ts) * 1_000),
    actor: by.userId,
    data: { text, author, authorName, source: sourceKey(message), link, files, how },
  };
  return ok({
    changes: {},
    timeline: [entry],
    effects: [],
    outcome: {
      sentence: `Added the message to the timeline of incident ${incident.number}.`,
      incidentId: incident.id,
      isShown: true,
    },
  });
}

/** Takes a message out again whose last pushpin is gone; what was added by the message's menu stays. */
export function decideUnpinMessage(
  { incident }: IncidentState,
  by: By,
  known: readonly TimelineEntry[],
): Result<Decision, Rejection> {
  const rejection = refuseIfOver(incident);
  if (rejection) return err(rejection);
  const standing = standingPin(known);
  const isByPushpin = standing?.original.data["how"] === "pushpin";
  return ok({
    changes: {},
    timeline: standing && isByPushpin ? [withdrawal(standing, { reason: null }, by)] : [],
    effects: [],
    outcome: {
      sentence: "Took the message out of the timeline.",
      incidentId: incident.id,
    },
  });
}

/** The entry that stands for the message; undefined where it is not in the timeline, or no longer. */
function standingPin(known: readonly TimelineEntry[]): FoldedEntry | undefined {
  return foldTimeline(known).find(
    ({ original, withdrawal: gone }) => original.kind === "message_pinned" && gone === null,
  );
}
