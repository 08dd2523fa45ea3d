import { checkWording } from "#src/domain/wording.ts";
import { addNote } from "#src/usecases/add-note.ts";
import { parseHint } from "#views/hint.ts";
import { redrawForm, typedIn } from "#views/open-form.ts";
import { parseTypedNote } from "#views/typed-note.ts";
import type { Action } from "./action.ts";

/**
 * R12: takes the words that were offered. In a form they go into their field, and the person submits;
 * of a note that was typed they are recorded at once. The words are found anew from what stands there:
 * a button says only where.
 */
export const useWording: Action = {
  actionId: "use-wording",
  async handle(ctx, { value, view, messageTs }) {
    if (view) {
      const field = parseHint(value)?.word;
      const text = field === undefined ? null : typedIn(view, field);
      if (field === undefined || text === null) return { kind: "none" };
      // reworded meanwhile, it stays as it is, and the offer goes
      const rewrite = checkWording(text)?.rewrite ?? text;
      const drawn = redrawForm(view, { onTop: [], typed: { field, text: rewrite } });
      return { kind: "updateView", view: drawn };
    }
    const note = parseTypedNote(value);
    if (!note) {
      return {
        kind: "ephemeral",
        text: "This button is from an older version. Type the note again.",
      };
    }
    const text = checkWording(note.text)?.rewrite ?? note.text;
    // pressed twice, one offer is one note
    const requestKey =
      messageTs === undefined ? ctx.requestKey : `offer:${messageTs}:${ctx.actor.userId}`;
    const result = await addNote(
      { ...ctx, requestKey },
      {
        incidentId: note.incidentId,
        text,
        lane: "diagnosis",
        happenedAt: null,
      },
    );
    return {
      kind: "ephemeral",
      text: result.ok ? result.value.sentence : result.error.message,
    };
  },
};
