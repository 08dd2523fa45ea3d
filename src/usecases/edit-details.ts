import { listKindsWithHistory } from "#src/db/timeline.ts";
import {
  decideEditDetails,
  type EditDetailsInput,
  kindsOfDetails,
} from "#src/domain/edit-details.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Fills in or corrects what was said at the declaration, by anyone who takes part. */
export const editDetails: UseCase<EditDetailsInput> = (ctx, input) =>
  decide(
    ctx,
    input.incidentId,
    (state, by, known: TimelineEntry[]) => decideEditDetails(state, input, by, known),
    {
      attempted: "edit-details",
      read: (trx) => listKindsWithHistory(trx, input.incidentId, kindsOfDetails),
    },
  );
