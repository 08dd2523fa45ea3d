import type { By } from "./decider.ts";
import type { IncidentState } from "./incident.ts";
import type { UserId } from "./person.ts";
import { mayCorrect } from "./policy.ts";
import type { Rejection } from "./rejection.ts";
import type { NewTimelineEntry } from "./timeline.ts";

/** A correction of a gap, factor, golden or action, as a form asks for it. */
interface Correction {
  /** Null: something new is recorded, nothing is corrected. */
  number: number | null;
  /** The row that is corrected, if the incident has it. */
  standing: object | undefined;
  recorder: UserId | undefined;
  /** "gap", "factor": as people read it. */
  what: string;
}

/** Why a correction is not taken: there is no such item, or this person may not; undefined for something new. */
export function refuseCorrection(
  state: IncidentState,
  { number, standing, recorder, what }: Correction,
  by: By,
): Rejection | undefined {
  if (number === null) return undefined;
  if (!standing || recorder === undefined) {
    return {
      code: "not_found",
      message: `There is no ${what} ${number} in this incident. Close the form and open it from its message again.`,
    };
  }
  return mayCorrect(state, recorder, by.userId, `${capital(what)} ${number}`);
}

/** The entry of a correction: which item (`G1`), and how it reads now; the entry of then stays as it is. */
export function correctionEntry(item: string, text: string, by: By): NewTimelineEntry {
  return {
    lane: "learning",
    kind: "details_changed",
    happenedAt: by.now,
    actor: by.userId,
    data: { item, text },
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
