import type { IncidentId } from "#src/domain/incident.ts";
import type { Context } from "#src/usecases/context.ts";
import { findUsesOfGitHub } from "#src/usecases/uses-of-github.ts";
import { renderActionsList } from "#views/messages/actions-list.ts";
import { readIncident } from "./read-incident.ts";
import type { Reply } from "./reply.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** The corrective actions: who owns them, when they are due, what is filed. */
export const actions: IncidentCommand = {
  subcommand: "actions",
  usage: "actions",
  isAboutIncident: true,
  summary: "See the corrective actions: who owns them, when they are due, what is filed.",
  run: (ctx, { incidentId }) => showActions(ctx, incidentId, 0),
};

/** One page of an incident's actions, counted from 0, or the sentence that says why it is not shown. */
export async function showActions(
  ctx: Context,
  incidentId: IncidentId,
  page: number,
): Promise<Reply> {
  const read = await readIncident(ctx, incidentId);
  if (!read.ok) return read.error;
  const { slashCommand: botCommand } = ctx.settings;
  const uses = await findUsesOfGitHub(ctx.db, ctx.settings, read.value.incident);
  const canFileIssues = uses.isGitHubConfigured;
  return {
    kind: "ephemeral",
    ...renderActionsList({ state: read.value, page, now: ctx.now, botCommand, canFileIssues }),
  };
}
