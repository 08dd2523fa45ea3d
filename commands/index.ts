import { findIncidentByChannel, listOpenIncidents } from "#src/db/incidents.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { didYouMean } from "#src/lib/did-you-mean.ts";
import type { Context } from "#src/usecases/context.ts";
import { renderHelp } from "#views/messages/help.ts";
import { renderPickIncident } from "#views/messages/pick-incident.ts";
import { action } from "./action.ts";
import { checklist } from "./checklist.ts";
import { close } from "./close.ts";
import { declare } from "./declare.ts";
import { evidence } from "./evidence.ts";
import { helpAbout } from "./help.ts";
import { list } from "./list.ts";
import { mayReadList, say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";
import type { SlashCommand } from "./slash-command.ts";
import { stabilize } from "./stabilize.ts";
import { status } from "./status.ts";

/** Every subcommand, in the order of the help text. */
export const subcommands: readonly SlashCommand[] = [
  declare,
  evidence,
  stabilize,
  checklist,
  action,
  close,
  status,
  list,
  helpAbout(() => subcommands),
];

/** What was typed, and where. */
export interface CommandRequest {
  /** All that follows the slash command's word. */
  text: string;
  channelId: string;
  /** Picked afterwards, where it was typed outside an incident's channel. */
  pickedIncidentId?: IncidentId;
}

/**
 * Runs what was typed. Nothing: the incident's status in its channel, else the open incidents. A
 * mistyped subcommand gets the nearest one and the help; one about an incident, typed elsewhere, asks which.
 */
export async function runSlashCommand(ctx: Context, request: CommandRequest): Promise<Reply> {
  const [, word = "", text = ""] = /^\s*(\S*)\s*([\s\S]*?)\s*$/.exec(request.text) ?? [];
  const incidentId = request.pickedIncidentId ?? (await incidentOfChannel(ctx, request.channelId));
  if (word === "") {
    return incidentId === undefined
      ? list.run(ctx, { text: "" })
      : status.run(ctx, { text: "", incidentId });
  }
  const command = subcommands.find(({ subcommand }) => subcommand === word.toLowerCase());
  if (!command) return unknownSubcommand(ctx, word);
  if (!command.isAboutIncident) return command.run(ctx, { text });
  return incidentId === undefined
    ? askWhichIncident(ctx, command.subcommand, text)
    : command.run(ctx, { text, incidentId });
}

async function incidentOfChannel(ctx: Context, channelId: string): Promise<IncidentId | undefined> {
  const incident = await findIncidentByChannel(ctx.db, ctx.actor.teamId, channelId);
  return incident?.id;
}

async function askWhichIncident(ctx: Context, subcommand: string, text: string): Promise<Reply> {
  const denied = await mayReadList(ctx);
  if (denied) return denied;
  const incidents = await listOpenIncidents(ctx.db, ctx.actor.teamId, ctx.actor.userId);
  if (incidents.length === 0) {
    return say(`There is no open incident. \`${ctx.settings.slashCommand} declare\` opens one.`);
  }
  return { kind: "ephemeral", ...renderPickIncident(incidents, subcommand, text) };
}

function unknownSubcommand(ctx: Context, word: string): Reply {
  const { slashCommand } = ctx.settings;
  const nearest = didYouMean(
    word.toLowerCase(),
    subcommands.map(({ subcommand }) => subcommand),
  );
  return {
    kind: "ephemeral",
    ...renderHelp(subcommands, slashCommand, { unknown: word, nearest }),
  };
}
