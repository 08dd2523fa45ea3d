import type { IncidentId } from "#src/domain/incident.ts";
import type { Context } from "#src/usecases/context.ts";
import type { Reply } from "./reply.ts";

/** One subcommand of the slash command. It reads, or runs a use case; it never calls Slack itself. */
export interface SlashCommand {
  subcommand: string;
  /** For the help text and the manifest's usage hint: "declare [title] [--drill]". */
  usage: string;
  /** Whether it is about one incident: typed outside an incident's channel it asks which. */
  isAboutIncident: boolean;
  /** One short sentence for the help text. */
  summary: string;
  run(ctx: Context, request: CommandRequest): Promise<Reply>;
}

export interface CommandRequest {
  /** What follows the subcommand, trimmed. */
  text: string;
  /** Where it was typed. */
  channelId: string;
  /** The incident whose channel it was typed in, or that was picked afterwards; undefined elsewhere. */
  incidentId: IncidentId | undefined;
}
