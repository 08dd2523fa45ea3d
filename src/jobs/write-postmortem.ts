import { listRefusals } from "#src/db/incidents.ts";
import { listTimeline } from "#src/db/timeline.ts";
import { type PostmortemDocument, renderPostmortem } from "#src/documents/postmortem.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { findDestinations } from "./destinations.ts";
import type { AttemptContext } from "./handler.ts";
import { findNames, peopleIn } from "./names.ts";

/** The postmortem as the record stands now, and the repository that takes it; undefined where none does. */
export async function writePostmortem(
  ctx: AttemptContext,
  state: IncidentState,
): Promise<{ document: PostmortemDocument; repo: string | undefined }> {
  const { id } = state.incident;
  const { postmortemRepo: repo, postmortemPath } = await findDestinations(
    ctx.db,
    ctx.settings,
    state.incident,
  );
  const timeline = await listTimeline(ctx.db, id);
  const refusals = await listRefusals(ctx.db, id);
  const names = await findNames(ctx, peopleIn(state, timeline, refusals));
  const { effectId } = ctx;
  const record = { state, timeline, refusals, names, postmortemPath, effectId };
  return { document: renderPostmortem(record), repo };
}
