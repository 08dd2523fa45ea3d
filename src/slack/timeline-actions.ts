import { openForm } from "#commands/forms.ts";
import { openEntry, openTimeline } from "#commands/timeline.ts";
import type { Context } from "#src/usecases/context.ts";
import { type Hint, parseHint } from "#views/hint.ts";
import { parseTypedNote } from "#views/typed-note.ts";
import type { Action, ActionAnswer } from "./action.ts";

/** Opens the form for a note, with what was typed where it was refused. */
export const openNote: Action = {
  actionId: "add-note",
  handle: async (ctx, { value }) => {
    const hint = parseHint(value);
    if (!hint) return outdated;
    const { incidentId } = hint;
    return openForm(ctx, "add-note", { incidentId }, parseTypedNote(value)?.text ?? "");
  },
};

/** The buttons of the timeline: to open it, its pages and lanes, one entry, and whether the record is whole. */
export const timelineActions: readonly Action[] = [
  {
    actionId: "timeline",
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint ? openTimeline(ctx, { incidentId: hint.incidentId }) : outdated;
    },
  },
  {
    actionId: "correct-entry",
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint ? openEntry(ctx, hint) : outdated;
    },
  },
  {
    actionId: "timeline-filter",
    handle: async (ctx, { value, metadata }) => {
      const hint = parseHint(metadata);
      if (!hint || value === undefined) return { kind: "none" };
      return drawnAnew(ctx, { incidentId: hint.incidentId, word: value, page: 0 });
    },
  },
  turnsPage("timeline-newer"),
  turnsPage("timeline-older"),
  {
    actionId: "check-timeline",
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint ? drawnAnew(ctx, hint, { isChecked: true }) : outdated;
    },
  },
];

function turnsPage(actionId: string): Action {
  return {
    actionId,
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint ? drawnAnew(ctx, hint) : outdated;
    },
  };
}

/** The open timeline with another page or lane in it. */
async function drawnAnew(
  ctx: Context,
  hint: Hint,
  options: { isChecked?: boolean } = {},
): Promise<ActionAnswer> {
  const reply = await openTimeline(ctx, hint, options);
  return reply.kind === "modal" ? { kind: "updateView", view: reply.view } : reply;
}

const outdated: ActionAnswer = {
  kind: "ephemeral",
  text: "This button is from an older version. Use the buttons of the pinned panel.",
};
