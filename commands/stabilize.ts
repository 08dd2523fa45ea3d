import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Record a lever: who authorized it, what is given up, when it is taken back. */
export const stabilize: IncidentCommand = {
  subcommand: "stabilize",
  usage: "stabilize",
  isAboutIncident: true,
  summary: "Record a lever: who authorized it, what is given up, when it is taken back.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "stabilize", { incidentId }, text),
};
