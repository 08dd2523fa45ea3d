import { updatePanel } from "./channel-effects.ts";
import type { Changes } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type { IncidentState } from "./incident.ts";
import type { UserId } from "./person.ts";
import type { RuleRefusal } from "./rejection.ts";
import type { NewTimelineEntry } from "./timeline.ts";

/**
 * What is kept of a claim, a close, a change of phase or a statement that a rule refused: the refusal and
 * its timeline entry, and nothing else (R1, R9, R12, B5). Refused words are not kept.
 */
export function recordRefusal(
  state: IncidentState,
  refusal: RuleRefusal,
  attempted: string,
  by: { userId: UserId; now: Date },
): { changes: Changes; timeline: NewTimelineEntry[]; effects: Effect[] } {
  const { rules, missing } = refusal;
  const { lane, kind } = entryOf(rules, attempted);
  const sentence = kind === "statement_refused" ? wordsRefused : refusal.sentence;
  return {
    changes: {
      refusal: { attempted, rules, missing, sentence, actor: by.userId, recordedAt: by.now },
    },
    timeline: [
      {
        lane,
        kind,
        happenedAt: by.now,
        actor: by.userId,
        data: { attempted, rules, sentence },
      },
    ],
    effects: [updatePanel(state.incident.id)],
  };
}

/** A sentence of ours: what the person is told may quote what they typed. */
const wordsRefused =
  "A statement names the role and the condition, not a person or “the model” as the cause.";

function entryOf(
  rules: readonly string[],
  attempted: string,
): Pick<NewTimelineEntry, "lane" | "kind"> {
  // the first rule is the one that refuses; where R12 comes after another, that one is what is told
  if (rules[0] === "R12") return { lane: "diagnosis", kind: "statement_refused" };
  if (attempted === "close-incident") return { lane: "learning", kind: "close_refused" };
  if (attempted === "set-phase") return { lane: "diagnosis", kind: "phase_refused" };
  return { lane: "diagnosis", kind: "claim_refused" };
}
