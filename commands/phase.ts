import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Move to another phase, or see what that asks for first. */
export const phase: IncidentCommand = {
  subcommand: "phase",
  usage: "phase [phase]",
  isAboutIncident: true,
  summary: "Move to another phase, or see what that asks for first.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "set-phase", { incidentId }, text),
};
