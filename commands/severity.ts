import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Raise or lower the severity, with the reason. */
export const severity: IncidentCommand = {
  subcommand: "severity",
  usage: "severity [SEV1 to SEV4]",
  isAboutIncident: true,
  summary: "Raise or lower the severity, with the reason.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "set-severity", { incidentId }, text),
};
