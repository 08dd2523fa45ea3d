import { listOpenIncidents } from "#src/db/incident-lists.ts";
import { findIncidentBySource } from "#src/db/incidents.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { PinnedMessage } from "#src/domain/pin-message.ts";
import type { Context } from "#src/usecases/context.ts";
import { fieldLimits } from "#views/modals/fields.ts";
import { limits, truncate } from "#views/block-kit.ts";
import type { WaitingMessage } from "#views/message-hint.ts";
import { renderDeclaredAlready } from "#views/messages/declared-already.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { chooseIncidentModal } from "#views/modals/choose-incident.ts";
import { openDeclareForm } from "./declare.ts";
import { mayReadList, readOpenIncident, say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";

/** What a message's menu leads to: the form for declaring, prefilled; or the incident that was declared from it. */
export async function declareFrom(ctx: Context, message: PinnedMessage): Promise<Reply> {
  const { channelId, ts, link, text } = message;
  const declared = await findIncidentBySource(ctx.db, ctx.actor.teamId, { channelId, ts });
  if (declared) return { kind: "ephemeral", ...renderDeclaredAlready(declared) };
  const firstLine = text.split("\n", 1)[0] ?? "";
  return openDeclareForm(ctx, {
    title: truncate(firstLine.replaceAll(/\s+/g, " ").trim(), fieldLimits.title),
    userImpact: truncate(text, limits.inputText),
    isDrill: false,
    source: { channelId, ts, link },
  });
}

/** The form for evidence, with the message in it: a report of a user's, as far as anybody can tell. */
export async function openEvidenceForm(
  ctx: Context,
  incidentId: IncidentId,
  message: PinnedMessage,
): Promise<Reply> {
  const read = await readOpenIncident(ctx, incidentId, { isBlankForm: true });
  if (!read.ok) return read.error;
  const { author, authorName, text, files, link } = message;
  return {
    kind: "modal",
    view: addEvidenceModal.render({
      state: read.value,
      // who wrote it says so; an app says nothing
      presser: authorName === null && author !== null ? author : ctx.actor.userId,
      kind: "E10",
      what: truncate(text || files.join(", "), limits.inputText),
      link,
      source: "A message in Slack",
    }),
  };
}

/** Asks which incident a message belongs to, where its channel is none's. */
export async function chooseIncident(ctx: Context, waiting: WaitingMessage): Promise<Reply> {
  const denied = await mayReadList(ctx);
  if (denied) return denied;
  const incidents = await listOpenIncidents(ctx.db, ctx.actor.teamId, ctx.actor.userId);
  if (incidents.length === 0) {
    return say(
      `There is no open incident that this message could belong to. \`${ctx.settings.slashCommand} declare\` opens one.`,
    );
  }
  return { kind: "modal", view: chooseIncidentModal.render({ ...waiting, incidents }) };
}
