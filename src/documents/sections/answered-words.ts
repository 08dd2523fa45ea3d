import type { IncidentState } from "#src/domain/incident.ts";
import { answeredBy } from "#src/domain/links.ts";
import { listInWords } from "#src/domain/words.ts";

/** "Answered by action 1 and accepted risk 2."; `none` where nothing answers this strand, factor or gap (Q4). */
export function answeredWords(state: IncidentState, id: string, none: string): string {
  const answering = answeredBy(state, id);
  return answering.length > 0 ? `Answered by ${listInWords(answering)}.` : none;
}
