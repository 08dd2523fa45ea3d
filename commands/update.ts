import { listEntriesSince } from "#src/db/timeline-since.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { kindsInUpdates } from "#src/domain/update-draft.ts";
import type { Context } from "#src/usecases/context.ts";
import { postUpdateModal } from "#views/modals/post-update.ts";
import { readOpenIncident } from "./read-incident.ts";
import type { Reply } from "./reply.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Tell everybody else where it stands. */
export const update: IncidentCommand = {
  subcommand: "update",
  usage: "update",
  isAboutIncident: true,
  summary: "Tell everybody else where it stands; what changed is filled in.",
  run: (ctx, { incidentId }) => openUpdateForm(ctx, incidentId),
};

/** The form for an update, prefilled with what changed since the last one; or the sentence that says why not. */
export async function openUpdateForm(ctx: Context, incidentId: IncidentId): Promise<Reply> {
  const read = await readOpenIncident(ctx, incidentId);
  if (!read.ok) return read.error;
  const { lastUpdateAt } = read.value.incident;
  const entries = await listEntriesSince(ctx.db, incidentId, kindsInUpdates, lastUpdateAt);
  return { kind: "modal", view: postUpdateModal.render({ state: read.value, entries }) };
}
