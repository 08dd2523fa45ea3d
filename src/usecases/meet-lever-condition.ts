import {
  decideMeetLeverCondition,
  type MeetLeverConditionInput,
} from "#src/domain/meet-lever-condition.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records that the condition for taking a lever back has come (B6). */
export const meetLeverCondition: UseCase<MeetLeverConditionInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideMeetLeverCondition(state, input, by), {
    attempted: "meet-lever-condition",
  });
