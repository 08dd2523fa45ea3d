import { listEntriesOfSource } from "#src/db/timeline.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { decidePinMessage, type PinnedMessage, sourceKey } from "#src/domain/pin-message.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** A message that somebody adds by its menu; Slack sends it along. */
export interface AddToTimelineInput {
  incidentId: IncidentId;
  message: PinnedMessage;
}

/** Adds a message of any channel to an incident's timeline. */
export const addToTimeline: UseCase<AddToTimelineInput> = (ctx, { incidentId, message }) =>
  decide(
    ctx,
    incidentId,
    (state, by, known: TimelineEntry[]) =>
      decidePinMessage(state, { message, how: "shortcut" }, by, known),
    {
      attempted: "add-to-timeline",
      read: (trx) => listEntriesOfSource(trx, incidentId, sourceKey(message)),
    },
  );
