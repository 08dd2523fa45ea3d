import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Open a closed incident again, with the reason. */
export const reopen: IncidentCommand = {
  subcommand: "reopen",
  usage: "reopen [why]",
  isAboutIncident: true,
  elsewhere: "Type this in the channel of the incident that is to be opened again.",
  summary: "Open a closed incident again, with the reason.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "reopen-incident", { incidentId }, text),
};
