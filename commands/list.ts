import { listOpenIncidents } from "#src/db/incidents.ts";
import { renderList } from "#views/messages/list.ts";
import { mayReadList } from "./read-incident.ts";
import type { TeamCommand } from "./slash-command.ts";

/** The open incidents of the workspace. */
export const list: TeamCommand = {
  subcommand: "list",
  usage: "list",
  isAboutIncident: false,
  summary: "See the open incidents.",
  run: async (ctx) => {
    const denied = await mayReadList(ctx);
    if (denied) return denied;
    const incidents = await listOpenIncidents(ctx.db, ctx.actor.teamId, ctx.actor.userId);
    return { kind: "ephemeral", ...renderList(incidents, ctx.settings.slashCommand) };
  },
};
