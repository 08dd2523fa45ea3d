import { type AddNoteInput, decideAddNote } from "#src/domain/add-note.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Adds a note to the timeline. */
export const addNote: UseCase<AddNoteInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideAddNote(state, input, by), {
    attempted: "add-note",
  });
