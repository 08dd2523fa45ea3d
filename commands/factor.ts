import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Record a condition that made the failure more likely or worse. */
export const factor: IncidentCommand = {
  subcommand: "factor",
  usage: "factor [condition]",
  isAboutIncident: true,
  summary: "Record a condition that made the failure more likely or worse.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "add-factor", { incidentId }, text),
};
