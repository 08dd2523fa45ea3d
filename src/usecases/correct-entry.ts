import { listEntryWithHistory } from "#src/db/timeline.ts";
import { type CorrectEntryInput, decideCorrectEntry } from "#src/domain/correct-entry.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Corrects an entry of the timeline, or takes it out. */
export const correctEntry: UseCase<CorrectEntryInput> = (ctx, input) =>
  decide(
    ctx,
    input.incidentId,
    (state, by, known: TimelineEntry[]) => decideCorrectEntry(state, input, by, known),
    {
      attempted: "correct-entry",
      read: (trx) => listEntryWithHistory(trx, input.incidentId, input.sequence),
    },
  );
