import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Write down what you believe broke first. */
export const hypothesis: IncidentCommand = {
  subcommand: "hypothesis",
  usage: "hypothesis [what you think]",
  isAboutIncident: true,
  summary: "Write down what you believe broke first, and see what others believe.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "raise-hypothesis", { incidentId }, text),
};
