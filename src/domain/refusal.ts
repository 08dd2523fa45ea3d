import type { Changes } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type { IncidentState } from "./incident.ts";
import type { UserId } from "./person.ts";
import type { RuleRefusal } from "./rejection.ts";
import type { NewTimelineEntry } from "./timeline.ts";

/** What is kept of a claim or a close that a rule refused: the refusal and its timeline entry, and nothing else (R1, R9, B5). */
export function recordRefusal(
  state: IncidentState,
  refusal: RuleRefusal,
  attempted: string,
  by: { userId: UserId; now: Date },
): { changes: Changes; timeline: NewTimelineEntry[]; effects: Effect[] } {
  const { rules, missing, sentence } = refusal;
  const isClose = attempted === "close-incident";
  return {
    changes: {
      refusal: { attempted, rules, missing, sentence, actor: by.userId, recordedAt: by.now },
    },
    timeline: [
      {
        lane: isClose ? "learning" : "diagnosis",
        kind: isClose ? "close_refused" : "claim_refused",
        happenedAt: by.now,
        actor: by.userId,
        data: { attempted, rules, sentence },
      },
    ],
    effects: [{ name: "post-message", incidentId: state.incident.id, message: { kind: "panel" } }],
  };
}
