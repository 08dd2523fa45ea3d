import type { Context } from "#src/usecases/context.ts";
import type { Hint } from "#views/hint.ts";
import { renderCatchUp } from "#views/messages/catch-up.ts";
import { readIncident } from "./read-incident.ts";
import type { Reply } from "./reply.ts";

/** What somebody who comes late has to know, told to them alone; a page of its strands where the hint names one. */
export async function catchUp(ctx: Context, { incidentId, page }: Hint): Promise<Reply> {
  const read = await readIncident(ctx, incidentId);
  if (!read.ok) return read.error;
  return { kind: "ephemeral", ...renderCatchUp(read.value, ctx.actor.userId, page) };
}
