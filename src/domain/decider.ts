import type { Result } from "#src/lib/result.ts";
import type { Decision } from "./decision.ts";
import type { IncidentState } from "./incident.ts";
import type { UserId } from "./person.ts";
import type { Rejection } from "./rejection.ts";

/** Who acts, and the service's time. */
export interface By {
  userId: UserId;
  now: Date;
}

/** Pure: from what is recorded and what somebody wants to record, to what changes, or a sentence that says why not. */
export type Decider<Input> = (
  state: IncidentState,
  input: Input,
  by: By,
) => Result<Decision, Rejection>;
