import type { Mark } from "./decision.ts";
import type { EvidenceItem } from "./evidence.ts";
import type { IncidentState } from "./incident.ts";
import { splitSuggestion } from "./split.ts";

/**
 * R10: whoever records or verifies an item after which a strand may be more than one failure is asked to
 * say whether to split it; `item` as it stands from now on.
 */
export function splitMarks(state: IncidentState, item: EvidenceItem): Mark[] {
  const others = state.evidence.filter(({ number }) => number !== item.number);
  const evidence = [...others, item].toSorted((a, b) => a.number - b.number);
  const suggestions = item.strandNumbers.flatMap(
    (strandNumber) => splitSuggestion({ ...state, evidence }, strandNumber) ?? [],
  );
  return suggestions.map((suggestion, index) => {
    const { strandNumber } = suggestion;
    const subject = state.strands.length > 1 ? `Strand ${strandNumber}` : "This";
    return {
      // one block of each id: of several strands, the others say which
      id: `suggestion:R10:split_answer${index === 0 ? "" : `:S${strandNumber}`}`,
      sentence: `${subject} may be more than one failure: ${suggestion.sentence} Say whether to split it; until then no verdict can be set.`,
      opens: { formId: "answer-split", label: "Look at it", strandNumber },
    };
  });
}
