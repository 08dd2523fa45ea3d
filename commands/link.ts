import { linkIncident } from "#src/usecases/link-incident.ts";
import { say } from "./read-incident.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** Link an earlier incident that is the same failure. */
export const link: IncidentCommand = {
  subcommand: "link",
  usage: "link [incident number]",
  isAboutIncident: true,
  summary: "Link another incident that is the same failure.",
  run: async (ctx, { incidentId, text }) => {
    const [, digits] = /^(?:incident|inc)?[\s#-]*(\d{1,9})$/i.exec(text) ?? [];
    if (digits === undefined) {
      const { slashCommand } = ctx.settings;
      return say(
        `Say which incident by its number, for example \`${slashCommand} link 12\`. The number begins the name of its channel.`,
      );
    }
    const result = await linkIncident(ctx, { incidentId, number: Number(digits) });
    return say(result.ok ? result.value.sentence : result.error.message);
  },
};
