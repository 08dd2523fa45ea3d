import {
  decidePostUpdate,
  decideSnoozeUpdate,
  type PostUpdateInput,
  type SnoozeUpdateInput,
} from "#src/domain/post-update.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Tells everybody else where an incident stands, in the announcement and in the channel. */
export const postUpdate: UseCase<PostUpdateInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decidePostUpdate(state, input, by), {
    attempted: "post-update",
  });

/** Puts the next update off for half an hour. */
export const snoozeUpdate: UseCase<SnoozeUpdateInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideSnoozeUpdate(state, input, by), {
    attempted: "snooze-update",
  });
