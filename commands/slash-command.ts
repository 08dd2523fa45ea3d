import type { IncidentId } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
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
  /** What is said instead of asking which of the open incidents, where it is not for those. */
  elsewhere?: string;
  run(ctx: Context, request: IncidentRequest): Promise<Reply>;
}

/** What was typed after the subcommand, about which incident. */
export interface IncidentRequest {
  text: string;
  incidentId: IncidentId;
  /** The people who are mentioned in it, in their order; the text has their names. */
  mentions: readonly UserId[];
}

/** About the workspace. */
export interface TeamCommand extends Described {
  isAboutIncident: false;
  /** `text` is what follows the subcommand, trimmed; the incident is the channel's in which it was typed, if any. */
  run(ctx: Context, request: { text: string; incidentId?: IncidentId }): Promise<Reply>;
}
