import { findUsesOfGitHub } from "#src/usecases/uses-of-github.ts";
import { renderStatus } from "#views/messages/status.ts";
import { readIncident } from "./read-incident.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** What an incident's panel says, for the person who asks alone. */
export const status: IncidentCommand = {
  subcommand: "status",
  usage: "status",
  isAboutIncident: true,
  summary: "See where an incident stands.",
  run: async (ctx, { incidentId }) => {
    const read = await readIncident(ctx, incidentId);
    if (!read.ok) return read.error;
    const uses = await findUsesOfGitHub(ctx.db, ctx.settings, read.value.incident);
    return { kind: "ephemeral", ...renderStatus(read.value, uses) };
  },
};
