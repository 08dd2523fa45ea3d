import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** See the layers, what is missing, and set a verdict. */
export const checklist: IncidentCommand = {
  subcommand: "checklist",
  usage: "checklist",
  isAboutIncident: true,
  summary: "See the layers, what is missing, and set a verdict.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "checklist", { incidentId }, text),
};
