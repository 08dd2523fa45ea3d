import { readOpenIncident, say } from "#commands/read-incident.ts";
import type { Outcome } from "#src/domain/decision.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { clearLayer } from "#src/usecases/clear-layer.ts";
import { noFailingRequest } from "#src/usecases/no-failing-request.ts";
import { verifyReport } from "#src/usecases/verify-report.ts";
import type { Context } from "#src/usecases/context.ts";
import { section } from "#views/block-kit.ts";
import { type Hint, parseHint } from "#views/hint.ts";
import { markBlocks } from "#views/mark-blocks.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { strandsModal } from "#views/modals/strands.ts";
import type { ModalView } from "@slack/types";
import type { Action, ActionAnswer } from "./action.ts";
import { hintAction } from "./hint-action.ts";

/** Buttons about reports, about the first task, the press that rules a layer out, and those that turn the pages of the checklist and the strands. */
export const claimActions: readonly Action[] = [
  hintAction("verify-report", (ctx, hint) => answerReport(ctx, hint, true)),
  hintAction("refute-report", (ctx, hint) => answerReport(ctx, hint, false)),
  hintAction("no-failing-request", async (ctx, { incidentId }) => {
    const result = await noFailingRequest(ctx, { incidentId });
    return say(result.ok ? result.value.sentence : result.error.message);
  }),
  {
    actionId: "clear-layer",
    handle: async (ctx, { value, view }) => {
      const hint = parseHint(value);
      const { incidentId, strandNumber, layers: [layer] = [] } = hint ?? {};
      if (incidentId === undefined || strandNumber === undefined || layer === undefined) {
        return say(outdated);
      }
      const result = await clearLayer(ctx, { incidentId, strandNumber, layer });
      if (!result.ok) return say(result.error.message);
      // in the checklist the layer reads as ruled out; in the channel somebody has to be told
      if (!view) return say(result.value.sentence);
      const read = await readOpenIncident(ctx, incidentId);
      return read.ok
        ? { kind: "updateView", view: checklistModal.render({ state: read.value, strandNumber }) }
        : read.error;
    },
  },
  turns("checklist-earlier", (state, page) => checklistModal.render({ state, page })),
  turns("checklist-later", (state, page) => checklistModal.render({ state, page })),
  turns("strands-earlier", (state, page) => strandsModal.render({ state, page })),
  turns("strands-later", (state, page) => strandsModal.render({ state, page })),
];

const outdated = "This button is from an older version. Use the buttons of the pinned panel.";

async function answerReport(
  ctx: Context,
  { incidentId, itemNumber = 0 }: Hint,
  isVerified: boolean,
): Promise<ActionAnswer> {
  const result = await verifyReport(ctx, { incidentId, evidenceNumber: itemNumber, isVerified });
  return result.ok ? sayOutcome(result.value) : say(result.error.message);
}

/** What came of a press, and what is said of it besides. */
function sayOutcome({ sentence, marks = [], incidentId }: Outcome): ActionAnswer {
  if (marks.length === 0) return say(sentence);
  return {
    kind: "ephemeral",
    text: [sentence, ...marks.map((mark) => mark.sentence)].join(" "),
    blocks: [section(sentence), ...marks.flatMap((mark) => markBlocks(mark, incidentId))],
  };
}

/** The open form shows another page of itself. */
function turns(
  actionId: string,
  render: (state: IncidentState, page: number) => ModalView,
): Action {
  return hintAction(actionId, async (ctx, { incidentId, page = 0 }) => {
    const read = await readOpenIncident(ctx, incidentId);
    return read.ok ? { kind: "updateView", view: render(read.value, page) } : read.error;
  });
}
