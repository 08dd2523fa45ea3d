import { pageOpenIncidents } from "#src/db/incident-lists.ts";
import type { Context } from "#src/usecases/context.ts";
import { renderList } from "#views/messages/list.ts";
import { mayReadList } from "./read-incident.ts";
import type { Reply } from "./reply.ts";
import type { TeamCommand } from "./slash-command.ts";

/** The open incidents of the workspace. */
export const list: TeamCommand = {
  subcommand: "list",
  usage: "list",
  isAboutIncident: false,
  summary: "See the open incidents.",
  run: (ctx) => showList(ctx, 0),
};

/** One page of the open incidents, counted from 0, for the person who asks alone. */
export async function showList(ctx: Context, page: number): Promise<Reply> {
  const denied = await mayReadList(ctx);
  if (denied) return denied;
  const { teamId, userId } = ctx.actor;
  const found = await pageOpenIncidents(ctx.db, teamId, userId, page);
  return { kind: "ephemeral", ...renderList(found) };
}
