import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Record what was missing to see the failure earlier. */
export const gap: IncidentCommand = {
  subcommand: "gap",
  usage: "gap [what was missing]",
  isAboutIncident: true,
  summary: "Record what was missing to see the failure earlier.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "add-gap", { incidentId }, text),
};
