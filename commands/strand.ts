import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** See the strands of an incident, add one, change one; with a name, add it at once. */
export const strand: IncidentCommand = {
  subcommand: "strand",
  usage: "strand [name of a new one]",
  isAboutIncident: true,
  summary: "See the strands of the incident, add one, or change one.",
  run: (ctx, { incidentId, text }) =>
    openForm(ctx, text === "" ? "strands" : "add-strand", { incidentId }, text),
};
