import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Sign that nothing will be done about a layer or a gap. */
export const risk: IncidentCommand = {
  subcommand: "risk",
  usage: "risk [which one]",
  isAboutIncident: true,
  summary: "Sign that nothing will be done about a layer or a gap.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "accept-risk", { incidentId }, text),
};
