import { err, ok } from "#src/lib/result.ts";
import { postMessage } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId } from "./incident.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { refuseFuture } from "./past-time.ts";
import type { Lane } from "./vocabulary.ts";

/** A line for the timeline that somebody types. */
export interface AddNoteInput {
  incidentId: IncidentId;
  text: string;
  lane: Lane;
  /** Null: now. */
  happenedAt: Date | null;
}

/** Adds a note to the timeline and shows it in the channel (R12 applies to its words). */
export const decideAddNote: Decider<AddNoteInput> = (state, input, by) => {
  const { incident, lastSequence } = state;
  const { text, lane } = input;
  const happenedAt = input.happenedAt ?? by.now;
  const rejection =
    refuseIfOver(incident) ??
    refuseFuture("happened_at", happenedAt, by.now) ??
    refuseWording({ text });
  if (rejection) return err(rejection);
  return ok({
    changes: {},
    timeline: [{ lane, kind: "note_added", happenedAt, actor: by.userId, data: { text } }],
    effects: [postMessage(incident.id, { kind: "entry", sequence: lastSequence + 1 })],
    outcome: { sentence: "Added your note to the timeline.", incidentId: incident.id },
  });
};
