import type { IncidentId } from "#src/domain/incident.ts";
import type { Context } from "#src/usecases/context.ts";
import type { Reply } from "./reply.ts";

/** One subcommand of the slash command. It reads, or runs a use case; it never calls Slack itself. */
export type SlashCommand = IncidentCommand | TeamCommand;

interface Described {
  subcommand: string;
  /** For the help text and the manifest's usage hint: "declare [title] [--drill]". */
  usage: string;
  /** One short sentence for the help text. */
  summary: string;
}

/** About one incident: typed outside an incident's channel it asks which. */
export interface IncidentCommand extends Described {
  isAboutIncident: true;
  run(ctx: Context, request: { text: string; incidentId: IncidentId }): Promise<Reply>;
}

/** About the workspace. */
export interface TeamCommand extends Described {
  isAboutIncident: false;
  /** `text` is what follows the subcommand, trimmed. */
  run(ctx: Context, request: { text: string }): Promise<Reply>;
}
