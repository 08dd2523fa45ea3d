import { readOpenIncident, say } from "#commands/read-incident.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { noFailingRequest } from "#src/usecases/no-failing-request.ts";
import { verifyReport } from "#src/usecases/verify-report.ts";
import type { Context } from "#src/usecases/context.ts";
import { type Hint, parseHint } from "#views/hint.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { strandsModal } from "#views/modals/strands.ts";
import type { ModalView } from "@slack/types";
import type { Action, ActionAnswer } from "./action.ts";

/** Buttons about reports, about the first task, and those that turn the pages of the checklist and the strands. */
export const claimActions: readonly Action[] = [
  about("verify-report", (ctx, hint) => answerReport(ctx, hint, true)),
  about("refute-report", (ctx, hint) => answerReport(ctx, hint, false)),
  about("no-failing-request", async (ctx, { incidentId }) => {
    const result = await noFailingRequest(ctx, { incidentId });
    return say(result.ok ? result.value.sentence : result.error.message);
  }),
  turns("checklist-earlier", (state, page) => checklistModal.render({ state, page })),
  turns("checklist-later", (state, page) => checklistModal.render({ state, page })),
  turns("strands-earlier", (state, page) => strandsModal.render({ state, page })),
  turns("strands-later", (state, page) => strandsModal.render({ state, page })),
];

function about(
  actionId: string,
  handle: (ctx: Context, hint: Hint) => Promise<ActionAnswer>,
): Action {
  return {
    actionId,
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint
        ? handle(ctx, hint)
        : say("This button is from an older version. Use the buttons of the pinned panel.");
    },
  };
}

async function answerReport(
  ctx: Context,
  { incidentId, itemNumber = 0 }: Hint,
  isVerified: boolean,
): Promise<ActionAnswer> {
  const result = await verifyReport(ctx, { incidentId, evidenceNumber: itemNumber, isVerified });
  return say(result.ok ? result.value.sentence : result.error.message);
}

/** The open form shows another page of itself. */
function turns(
  actionId: string,
  render: (state: IncidentState, page: number) => ModalView,
): Action {
  return about(actionId, async (ctx, { incidentId, page = 0 }) => {
    const read = await readOpenIncident(ctx, incidentId);
    return read.ok ? { kind: "updateView", view: render(read.value, page) } : read.error;
  });
}
