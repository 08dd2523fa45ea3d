import { openForm } from "#commands/forms.ts";
import { readOpenIncident, say } from "#commands/read-incident.ts";
import type { Reply } from "#commands/reply.ts";
import { findOtherIncidents } from "#src/db/other-incidents.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { answerSimilar } from "#src/usecases/answer-similar.ts";
import type { Context } from "#src/usecases/context.ts";
import { parseHint } from "#views/hint.ts";
import { reopenReason } from "#views/messages/similar.ts";
import type { Action } from "./action.ts";

/** Buttons of an incident that looks like this one (R13). */
export const similarActions: readonly Action[] = [
  about("link-similar", (ctx, ids) => answer(ctx, ids, "linked")),
  about("dismiss-similar", (ctx, ids) => answer(ctx, ids, "dismissed")),
  about("reopen-similar", openReopening),
];

interface Ids {
  incidentId: IncidentId;
  otherId: IncidentId;
}

function about(actionId: string, work: (ctx: Context, ids: Ids) => Promise<Reply>): Action {
  return {
    actionId,
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      if (!hint?.itemNumber) return say(outdated);
      return work(ctx, { incidentId: hint.incidentId, otherId: hint.itemNumber as IncidentId });
    },
  };
}

async function answer(ctx: Context, ids: Ids, said: "linked" | "dismissed"): Promise<Reply> {
  const result = await answerSimilar(ctx, { ...ids, answer: said });
  return say(result.ok ? result.value.sentence : result.error.message);
}

/** The form that opens the other incident again, with what it has in common with this one as the reason. */
async function openReopening(ctx: Context, { incidentId, otherId }: Ids): Promise<Reply> {
  const read = await readOpenIncident(ctx, incidentId);
  if (!read.ok) return read.error;
  const row = read.value.similarIncidents.find((one) => one.otherId === otherId);
  const other = (await findOtherIncidents(ctx.db, ctx.actor.teamId, [otherId])).get(otherId);
  if (!row || !other)
    return say("This incident is no longer shown here. Its channel has the rest.");
  const hint = { incidentId: otherId, itemNumber: incidentId };
  return openForm(ctx, "reopen-incident", hint, reopenReason(read.value, row, other));
}

const outdated = "This button is from an older version. Use the buttons of the pinned panel.";
