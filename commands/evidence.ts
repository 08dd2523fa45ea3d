import { findEffect } from "#src/db/effect-states.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { Context } from "#src/usecases/context.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { openForm } from "./forms.ts";
import { readOpenIncident, say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Record something that was seen, and which layers it speaks for or against. */
export const evidence: IncidentCommand = {
  subcommand: "evidence",
  usage: "evidence [what it shows]",
  isAboutIncident: true,
  summary: "Record something that was seen, and which layers it speaks for or against.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "add-evidence", { incidentId }, text),
};

/**
 * The form of evidence as it was filled in with a file that could not be recorded; for nobody else than
 * who filled it in.
 */
export async function openRefilledEvidence(
  ctx: Context,
  incidentId: IncidentId,
  effectId: string,
): Promise<Reply> {
  const read = await readOpenIncident(ctx, incidentId);
  if (!read.ok) return read.error;
  // the id came back from the client
  const isId = /^[0-9a-f-]{36}$/.test(effectId);
  const effect = isId ? (await findEffect(ctx.db, effectId))?.effect : undefined;
  const isOwn =
    effect?.name === "read-figures" &&
    effect.incidentId === incidentId &&
    effect.userId === ctx.actor.userId;
  if (!isOwn) return say("This form is not yours, or it is gone. Open it with the command.");
  const presser = ctx.actor.userId;
  const { values } = effect;
  return { kind: "modal", view: addEvidenceModal.render({ state: read.value, presser, values }) };
}
