import { openForm } from "./forms.ts";
import { readIncident } from "./read-incident.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Cancel an incident that was declared by mistake, or take a drill away. */
export const cancel: IncidentCommand = {
  subcommand: "cancel",
  usage: "cancel",
  isAboutIncident: true,
  summary: "Cancel what was declared by mistake, or remove a drill.",
  run: async (ctx, { incidentId, text }) => {
    const read = await readIncident(ctx, incidentId);
    if (!read.ok) return read.error;
    const formId = read.value.incident.isDrill ? "remove-drill" : "cancel-incident";
    return openForm(ctx, formId, { incidentId }, text);
  },
};
