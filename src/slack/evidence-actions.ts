import { openRefilledEvidence } from "#commands/evidence.ts";
import { readOpenIncident, say } from "#commands/read-incident.ts";
import { openTraceExhibit, openTraceText } from "#commands/trace-exhibit.ts";
import type { Context } from "#src/usecases/context.ts";
import { type Hint, parseHint } from "#views/hint.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import type { Action, ActionAnswer } from "./action.ts";
import { hintAction } from "./hint-action.ts";

/** What is chosen in the form of evidence, the button that opens it as it was filled in, and a traced request with its pages. */
export const evidenceActions: readonly Action[] = [
  // it asks what the chosen kind needs: arms, groups, windows, stacks
  follows("kind"),
  // of arms that go to a recorded replay nothing else is asked
  follows("replay"),
  aboutTrace("trace-exhibit", openTraceExhibit),
  aboutTrace("trace-text", (ctx, hint) => openTraceText(ctx, hint)),
  aboutTrace("trace-earlier", turnPage),
  aboutTrace("trace-later", turnPage),
  {
    actionId: "refill-evidence",
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint?.word === undefined
        ? say("This button is from an older version. Open the form with the command.")
        : openRefilledEvidence(ctx, hint.incidentId, hint.word);
    },
  },
];

/** The open form anew for what was chosen in it; what was typed stays. */
function follows(actionId: string): Action {
  return {
    actionId,
    handle: async (ctx, { view, metadata, values }) => {
      const hint = parseHint(metadata);
      // other forms may have a field of the same name
      if (!hint || view?.callback_id !== addEvidenceModal.callbackId) return { kind: "none" };
      const read = await readOpenIncident(ctx, hint.incidentId, { isBlankForm: true });
      if (!read.ok) return read.error;
      const presser = ctx.actor.userId;
      return {
        kind: "updateView",
        view: addEvidenceModal.render({ state: read.value, presser, values }),
      };
    },
  };
}

function aboutTrace(
  actionId: string,
  handle: (ctx: Context, hint: Hint) => Promise<ActionAnswer>,
): Action {
  return hintAction(
    actionId,
    handle,
    "This button is from an older version. Use the button under the newest message.",
  );
}

/** The open request with another page in it. */
async function turnPage(ctx: Context, hint: Hint): Promise<ActionAnswer> {
  const reply = await openTraceExhibit(ctx, hint);
  return reply.kind === "modal" ? { kind: "updateView", view: reply.view } : reply;
}
