import { postMessage } from "./channel-effects.ts";
import type { Effect } from "./effect.ts";
import type { IncidentState } from "./incident.ts";

/** With more strands than this a strand's message shows no board of its own: it could not be kept true. */
const boardsAtMost = 10;

/** Whether the message of a strand carries its evidence board. */
export function hasStrandBoards({ strands }: Pick<IncidentState, "strands">): boolean {
  return strands.length <= boardsAtMost;
}

/** Brings the messages of these strands up to date (null: of all), where they have one: those that were added. */
export function updateStrands(state: IncidentState, strandNumbers: number[] | null): Effect[] {
  if (!hasStrandBoards(state)) return [];
  return state.strands
    .filter(
      ({ number, addedAt }) => addedAt !== null && (strandNumbers ?? [number]).includes(number),
    )
    .map(({ number }) => postMessage(state.incident.id, { kind: "strand", strandNumber: number }));
}
