import type { ModalView } from "@slack/types";
import { getIncidentState } from "#src/db/incidents.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { Context } from "#src/usecases/context.ts";
import { type Hint, parseHint } from "#views/hint.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerQuestionsModal } from "#views/modals/answer-questions.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { strandsModal } from "#views/modals/strands.ts";
import type { RenderOvertaken, RenderRefusal } from "./submission.ts";

/** The form of a verdict again, with what a rule misses on top. */
export const renderVerdictRefused: RenderRefusal = (ctx, { metadata, values, refusal }) =>
  draw(ctx, metadata, (state, { strandNumber = 1, layers: [layer = null] = [] }) =>
    setVerdictModal.render({ state, strandNumber, layer, refusal, values }),
  );

/** The same, where somebody else has set a verdict meanwhile. */
export const renderVerdictOvertaken: RenderOvertaken = (ctx, { metadata, values, changes }) =>
  draw(ctx, metadata, (state, { strandNumber = 1, layers: [layer = null] = [] }) =>
    setVerdictModal.render({ state, strandNumber, layer, values, changes }),
  );

/** The form of answers again, with what somebody else has answered meanwhile beside what was filled in. */
export const renderAnswersOvertaken: RenderOvertaken = (ctx, overtaken) =>
  draw(ctx, overtaken.metadata, (state, { strandNumber, layers = [] }) =>
    answerLayersModal.render({
      state,
      layers,
      presser: ctx.actor.userId,
      strandNumber,
      overtaken,
    }),
  );

/** The same for opposing questions. */
export const renderRowsOvertaken: RenderOvertaken = (ctx, overtaken) =>
  draw(ctx, overtaken.metadata, (state, { strandNumber = 1, layers: [claimedLayer] = [] }) =>
    claimedLayer === undefined
      ? undefined
      : answerRowsModal.render({
          state,
          strandNumber,
          claimedLayer,
          presser: ctx.actor.userId,
          overtaken,
        }),
  );

/** The same for the questions of a layer. */
export const renderQuestionsOvertaken: RenderOvertaken = (ctx, overtaken) =>
  draw(ctx, overtaken.metadata, (state, { strandNumber, layers: [layer] = [] }) =>
    layer === undefined
      ? undefined
      : answerQuestionsModal.render({ state, layer, strandNumber, overtaken }),
  );

/** The checklist from which a form was opened: it shows what was just recorded, at the form's strand. */
export async function drawChecklist(
  ctx: Context,
  metadata: string,
): Promise<ModalView | undefined> {
  return draw(ctx, metadata, (state, { strandNumber }) =>
    checklistModal.render({ state, strandNumber }),
  );
}

/** The list of strands from which a form was opened. */
export async function drawStrands(ctx: Context, metadata: string): Promise<ModalView | undefined> {
  return draw(ctx, metadata, (state, { strandNumber }) =>
    strandsModal.render({ state, strandNumber }),
  );
}

async function draw(
  ctx: Context,
  metadata: string,
  render: (state: IncidentState, hint: Hint) => ModalView | undefined,
): Promise<ModalView | undefined> {
  const hint = parseHint(metadata);
  return hint && render(await getIncidentState(ctx.db, hint.incidentId), hint);
}
