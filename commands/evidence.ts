import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Record something that was seen, and which layers it speaks for or against. */
export const evidence: IncidentCommand = {
  subcommand: "evidence",
  usage: "evidence [what it shows]",
  isAboutIncident: true,
  summary: "Record something that was seen, and which layers it speaks for or against.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "add-evidence", { incidentId }, text),
};
