import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Record a test that fails where this failure comes back. */
export const golden: IncidentCommand = {
  subcommand: "golden",
  usage: "golden [input]",
  isAboutIncident: true,
  summary: "Record a test that fails where this failure comes back.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "add-golden", { incidentId }, text),
};
