import { postMessage, updateMessage } from "./channel-effects.ts";
import type { Effect } from "./effect.ts";
import type { IncidentState } from "./incident.ts";

/** With more strands than this a strand's message shows no board of its own: it could not be kept true. */
const boardsAtMost = 10;

/** Whether the message of a strand carries its evidence board: that of the only strand is the panel. */
export function hasStrandBoards({ strands }: Pick<IncidentState, "strands">): boolean {
  return strands.length > 1 && strands.length <= boardsAtMost;
}

/**
 * Brings the messages of these strands up to date (null: of all), where they have one: those that were added
 * do, and the one that stands from the declaration once somebody has changed or split it.
 */
export function updateStrands(state: IncidentState, strandNumbers: number[] | null): Effect[] {
  if (!hasStrandBoards(state)) return [];
  return state.strands
    .filter(({ number }) => (strandNumbers ?? [number]).includes(number))
    .map(({ number, addedAt }) => {
      const update = addedAt === null ? updateMessage : postMessage;
      return update(state.incident.id, { kind: "strand", strandNumber: number });
    });
}
