import { openDeclareForm } from "#commands/declare.ts";
import { chooseIncident, declareFrom, openEvidenceForm } from "#commands/message.ts";
import { say } from "#commands/read-incident.ts";
import type { Reply } from "#commands/reply.ts";
import { findIncidentByChannel } from "#src/db/incidents.ts";
import type { Incident } from "#src/domain/incident.ts";
import type { PinnedMessage } from "#src/domain/pin-message.ts";
import { addToTimeline } from "#src/usecases/add-to-timeline.ts";
import type { Context } from "#src/usecases/context.ts";

/** The message in whose menu a shortcut was used. */
export interface ShortcutMessage extends PinnedMessage {
  /** Whether this bot wrote it. */
  isOurs: boolean;
}

/** A shortcut of the search bar, or of a message's menu; `manifest.yml` has exactly these. */
export type Shortcut =
  | { callbackId: string; type: "global"; handle(ctx: Context): Promise<Reply> }
  | {
      callbackId: string;
      type: "message";
      handle(ctx: Context, message: ShortcutMessage): Promise<Reply>;
    };

/** Every shortcut, by its callback_id. */
export const shortcuts: readonly Shortcut[] = [
  {
    callbackId: "declare-incident",
    type: "global",
    handle: (ctx) => openDeclareForm(ctx, { title: "", isDrill: false }),
  },
  { callbackId: "declare-from-message", type: "message", handle: declareFrom },
  { callbackId: "add-to-timeline", type: "message", handle: addMessage },
  {
    callbackId: "attach-evidence",
    type: "message",
    async handle(ctx, message) {
      const incident = await incidentOf(ctx, message);
      return incident
        ? openEvidenceForm(ctx, incident.id, message)
        : chooseIncident(ctx, { purpose: "attach-evidence", message });
    },
  },
];

async function addMessage(ctx: Context, message: ShortcutMessage): Promise<Reply> {
  if (message.isOurs) {
    return say("This message is ours: what it says is in the timeline already. Nothing was added.");
  }
  const incident = await incidentOf(ctx, message);
  if (!incident) return chooseIncident(ctx, { purpose: "add-to-timeline", message });
  const result = await addToTimeline(ctx, { incidentId: incident.id, message });
  return say(result.ok ? result.value.sentence : result.error.message);
}

function incidentOf(ctx: Context, { channelId }: PinnedMessage): Promise<Incident | undefined> {
  return findIncidentByChannel(ctx.db, ctx.actor.teamId, channelId);
}
