import type { ModalView } from "@slack/types";
import { getIncidentState } from "#src/db/incidents.ts";
import { closeMissing, phaseOrder } from "#src/domain/lifecycle.ts";
import type { Context } from "#src/usecases/context.ts";
import { parseHint } from "#views/hint.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { setPhaseModal } from "#views/modals/set-phase.ts";
import { setSeverityModal } from "#views/modals/set-severity.ts";
import { textOf } from "#views/values.ts";
import type { RenderRefusal } from "./submission.ts";

/** The close form again, with what was refused on top and what is missing under it. */
export const renderCloseRefused: RenderRefusal = async (ctx, { metadata, values, refusal }) => {
  const hint = parseHint(metadata);
  if (!hint) return undefined;
  const state = await getIncidentState(ctx.db, hint.incidentId);
  return closeIncidentModal.render({ state, missing: closeMissing(state), refusal, values });
};

/** The same for a phase. */
export const renderPhaseRefused: RenderRefusal = async (ctx, { metadata, values, refusal }) => {
  const hint = parseHint(metadata);
  if (!hint) return undefined;
  const state = await getIncidentState(ctx.db, hint.incidentId);
  const phase = phaseOrder.find((id) => id === textOf(values, "phase")) ?? null;
  return setPhaseModal.render({ state, phase, refusal, values });
};

/** The same for a severity. */
export const renderSeverityRefused: RenderRefusal = async (ctx, { metadata, values, refusal }) => {
  const hint = parseHint(metadata);
  if (!hint) return undefined;
  const state = await getIncidentState(ctx.db, hint.incidentId);
  return setSeverityModal.render({ state, refusal, values });
};

/** The form from which a lever was ended or completed, where it names itself: it shows what is missing now. */
export async function drawGatesBeneath(
  ctx: Context,
  metadata: string,
): Promise<ModalView | undefined> {
  const hint = parseHint(metadata);
  if (!hint) return undefined;
  const [form, chosen] = (hint.word ?? "").split(":");
  if (form !== "close-incident" && form !== "set-phase") return undefined;
  const state = await getIncidentState(ctx.db, hint.incidentId);
  return form === "close-incident"
    ? closeIncidentModal.render({ state, missing: closeMissing(state) })
    : setPhaseModal.render({ state, phase: phaseOrder.find((id) => id === chosen) ?? null });
}
