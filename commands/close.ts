import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** See what still stands in the way, or end the response. */
export const close: IncidentCommand = {
  subcommand: "close",
  usage: "close",
  isAboutIncident: true,
  summary: "See what still stands in the way, or end the response.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "close-incident", { incidentId }, text),
};
