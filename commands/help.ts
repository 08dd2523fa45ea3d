import { renderHelp } from "#views/messages/help.ts";
import type { SlashCommand, TeamCommand } from "./slash-command.ts";

/** What can be typed, from the registry itself: a subcommand that is there is in the help. */
export function helpAbout(subcommands: () => readonly SlashCommand[]): TeamCommand {
  return {
    subcommand: "help",
    usage: "help",
    isAboutIncident: false,
    summary: "See what you can type.",
    run: async (ctx) => ({
      kind: "ephemeral",
      ...renderHelp(subcommands(), ctx.settings.slashCommand),
    }),
  };
}
