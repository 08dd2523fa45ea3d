import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Say what users see, which promise is broken, and since when. */
export const details: IncidentCommand = {
  subcommand: "details",
  usage: "details",
  isAboutIncident: true,
  summary: "Say what users see, which promise is broken, and since when.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "edit-details", { incidentId }, text),
};
