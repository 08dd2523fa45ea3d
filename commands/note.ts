import { addNote } from "#src/usecases/add-note.ts";
import { fieldLimits } from "#views/modals/fields.ts";
import { renderRefusedNote, renderUnsavedNote } from "#views/messages/refused-note.ts";
import { openForm } from "./forms.ts";
import { say } from "./read-incident.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Adds a line to the timeline: at once, where it was typed with the command; else by a form. */
export const note: IncidentCommand = {
  subcommand: "note",
  usage: "note [what happened]",
  isAboutIncident: true,
  summary: "Add a line to the timeline.",
  run: async (ctx, { incidentId, text: typed }) => {
    // what cannot be stored, and cannot be seen either
    const text = typed.replaceAll("\0", "").toWellFormed();
    if (text === "") return openForm(ctx, "add-note", { incidentId });
    if (text.length > fieldLimits.paragraph) {
      const sentence = `A note takes at most 3,000 characters, and this has ${text.length}. Nothing was recorded; make it two notes.`;
      return { kind: "ephemeral", ...renderUnsavedNote(sentence, text) };
    }
    const result = await addNote(ctx, { incidentId, text, lane: "diagnosis", happenedAt: null });
    if (result.ok) return say(result.value.sentence);
    const rejection = result.error;
    return rejection.code === "refused"
      ? { kind: "ephemeral", ...renderRefusedNote(rejection.refusal, { incidentId, text }) }
      : { kind: "ephemeral", ...renderUnsavedNote(rejection.message, text) };
  },
};
