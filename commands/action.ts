import { openForm } from "./forms.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** File a corrective action with one owner, a due date and a criterion. */
export const action: IncidentCommand = {
  subcommand: "action",
  usage: "action [title]",
  isAboutIncident: true,
  summary: "File a corrective action with one owner, a due date and a criterion.",
  run: (ctx, { incidentId, text }) => openForm(ctx, "add-action", { incidentId }, text),
};
