import { listOpenIncidents } from "#src/db/incident-lists.ts";
import { findIncidentByChannel } from "#src/db/incidents.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import { didYouMean } from "#src/lib/did-you-mean.ts";
import type { Context } from "#src/usecases/context.ts";
import { renderHelp } from "#views/messages/help.ts";
import { renderPickIncident } from "#views/messages/pick-incident.ts";
import { action } from "./action.ts";
import { actions } from "./actions.ts";
import { cancel } from "./cancel.ts";
import { checklist } from "./checklist.ts";
import { close } from "./close.ts";
import { declare } from "./declare.ts";
import { details } from "./details.ts";
import { evidence } from "./evidence.ts";
import { factor } from "./factor.ts";
import { gap } from "./gap.ts";
import { golden } from "./golden.ts";
import { helpAbout } from "./help.ts";
import { hypothesis } from "./hypothesis.ts";
import { link } from "./link.ts";
import { list } from "./list.ts";
import { note } from "./note.ts";
import { owners } from "./owners.ts";
import { mayReadList, say } from "./read-incident.ts";
import { patterns } from "./patterns.ts";
import { phase } from "./phase.ts";
import { reopen } from "./reopen.ts";
import { readiness } from "./readiness.ts";
import { repair } from "./repair.ts";
import { replay } from "./replay.ts";
import type { Reply } from "./reply.ts";
import type { SlashCommand } from "./slash-command.ts";
import { risk } from "./risk.ts";
import { role } from "./role.ts";
import { severity } from "./severity.ts";
import { stats } from "./stats.ts";
import { stabilize } from "./stabilize.ts";
import { status } from "./status.ts";
import { strand } from "./strand.ts";
import { timeline } from "./timeline.ts";
import { update } from "./update.ts";
import { versions } from "./versions.ts";

/** Every subcommand, in the order of the help text. */
export const subcommands: readonly SlashCommand[] = [
  declare,
  status,
  details,
  update,
  note,
  timeline,
  versions,
  readiness,
  evidence,
  replay,
  hypothesis,
  checklist,
  patterns,
  strand,
  stabilize,
  severity,
  phase,
  role,
  owners,
  action,
  actions,
  factor,
  gap,
  golden,
  risk,
  link,
  close,
  reopen,
  cancel,
  repair,
  list,
  stats,
  helpAbout(() => subcommands),
];

/** What was typed, and where. */
export interface CommandRequest {
  /** All that follows the slash command's word. */
  text: string;
  channelId: string;
  /** The people who are mentioned in it, in their order. */
  mentions?: readonly UserId[];
  /** Picked afterwards, where it was typed outside an incident's channel. */
  pickedIncidentId?: IncidentId;
}

/**
 * Runs what was typed. Nothing: the incident's status in its channel, else the open incidents. A
 * mistyped subcommand gets the nearest one and the help; one about an incident, typed elsewhere, asks which.
 */
export async function runSlashCommand(ctx: Context, request: CommandRequest): Promise<Reply> {
  const [, word = "", text = ""] = /^\s*(\S*)\s*([\s\S]*?)\s*$/.exec(request.text) ?? [];
  const mentions = request.mentions ?? [];
  const incidentId = request.pickedIncidentId ?? (await incidentOfChannel(ctx, request.channelId));
  if (word === "") {
    return incidentId === undefined
      ? list.run(ctx, { text: "" })
      : status.run(ctx, { text: "", incidentId, mentions });
  }
  const command = subcommands.find(({ subcommand }) => subcommand === word.toLowerCase());
  if (!command) return unknownSubcommand(ctx, word);
  if (!command.isAboutIncident) {
    return command.run(ctx, { text, ...(incidentId === undefined ? {} : { incidentId }) });
  }
  if (incidentId === undefined && command.elsewhere) return say(command.elsewhere);
  return incidentId === undefined
    ? askWhichIncident(ctx, command.subcommand, text)
    : command.run(ctx, { text, incidentId, mentions });
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
