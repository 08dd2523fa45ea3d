import { getIncidentState } from "#src/db/incidents.ts";
import { closeMissing } from "#src/domain/lifecycle.ts";
import type { ModalView } from "@slack/types";
import { addAction } from "#src/usecases/add-action.ts";
import { addEvidence } from "#src/usecases/add-evidence.ts";
import { answerLayers } from "#src/usecases/answer-layers.ts";
import { answerRows } from "#src/usecases/answer-rows.ts";
import { closeIncident } from "#src/usecases/close-incident.ts";
import type { Context } from "#src/usecases/context.ts";
import { declareIncident } from "#src/usecases/declare-incident.ts";
import { endLever } from "#src/usecases/end-lever.ts";
import { setVerdict } from "#src/usecases/set-verdict.ts";
import { stabilize } from "#src/usecases/stabilize.ts";
import { parseHint } from "#views/hint.ts";
import { addActionModal } from "#views/modals/add-action.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { declareIncidentModal } from "#views/modals/declare-incident.ts";
import { endLeverModal } from "#views/modals/end-lever.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { on, type RenderRefusal, type Submission } from "./submission.ts";

const renderVerdictRefused: RenderRefusal = async (ctx, { metadata, values, refusal }) => {
  const hint = parseHint(metadata);
  if (!hint) return undefined;
  const state = await getIncidentState(ctx.db, hint.incidentId);
  const strandNumber = hint.strandNumber ?? 1;
  const layer = hint.layers?.[0] ?? null;
  return setVerdictModal.render({ state, strandNumber, layer, refusal, values });
};

const renderCloseRefused: RenderRefusal = async (ctx, { metadata, values, refusal }) => {
  const hint = parseHint(metadata);
  if (!hint) return undefined;
  const state = await getIncidentState(ctx.db, hint.incidentId);
  return closeIncidentModal.render({ state, missing: closeMissing(state), refusal, values });
};

/** The checklist from which the form was opened: it shows what was just recorded. */
async function drawChecklist(ctx: Context, metadata: string): Promise<ModalView | undefined> {
  const hint = parseHint(metadata);
  if (!hint) return undefined;
  return checklistModal.render({ state: await getIncidentState(ctx.db, hint.incidentId) });
}

/** Every form: what its modal parses is what its use case takes, or it does not compile. */
export const submissions: readonly Submission[] = [
  on(declareIncidentModal, declareIncident),
  on(answerLayersModal, answerLayers),
  on(addEvidenceModal, addEvidence),
  on(stabilizeModal, stabilize),
  on(endLeverModal, endLever),
  on(answerRowsModal, answerRows, { drawBeneath: drawChecklist }),
  on(setVerdictModal, setVerdict, {
    renderRefusal: renderVerdictRefused,
    drawBeneath: drawChecklist,
  }),
  on(addActionModal, addAction),
  on(closeIncidentModal, closeIncident, { renderRefusal: renderCloseRefused }),
];
