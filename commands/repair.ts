import { repairIncident } from "#src/usecases/repair-incident.ts";
import { say } from "./read-incident.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Make what is missing: channel, panel, pin, bookmarks, issues, pull request. */
export const repair: IncidentCommand = {
  subcommand: "repair",
  usage: "repair",
  isAboutIncident: true,
  summary: "Make what is missing: channel, panel, pin, bookmarks, issues, pull request.",
  run: async (ctx, { incidentId }) => {
    const result = await repairIncident(ctx, { incidentId });
    return say(result.ok ? result.value.sentence : result.error.message);
  },
};
