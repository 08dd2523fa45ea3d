import type { ModalView } from "@slack/types";
import { openForm } from "#commands/forms.ts";
import { say } from "#commands/read-incident.ts";
import { openVersions } from "#commands/versions.ts";
import type { Context } from "#src/usecases/context.ts";
import { drawChanges } from "#src/usecases/draw-changes.ts";
import { widenScan } from "#src/usecases/widen-scan.ts";
import { type Hint, parseHint } from "#views/hint.ts";
import type { Action, ActionAnswer } from "./action.ts";
import { hintAction } from "./hint-action.ts";

/** The buttons of the versions: to open them, their pages, to widen the window in one press, and to draw it. */
export const versionsActions: readonly Action[] = [
  hintAction("versions", (ctx, { incidentId }) => openVersions(ctx, { incidentId })),
  turnsPage("versions-earlier"),
  turnsPage("versions-later"),
  // one press where it is known when it last worked; else it is asked
  hintAction("widen-to-last-good", async (ctx, hint) => {
    const { incidentId } = hint;
    const result = await widenScan(ctx, { incidentId, lastKnownGoodAt: null, basis: null });
    if (result.ok) return drawnAnew(ctx, { ...hint, page: 0 });
    const { error } = result;
    return error.code === "bad_field" && error.field === "last_known_good"
      ? openForm(ctx, "widen-scan", hint, error.message)
      : say(error.message);
  }),
  hintAction("draw-changes", async (ctx, { incidentId }) => {
    const result = await drawChanges(ctx, { incidentId });
    return say(result.ok ? result.value.sentence : result.error.message);
  }),
];

/** The versions beneath a form that was opened from them, as they are now; undefined where none are beneath. */
export async function drawVersionsBeneath(
  ctx: Context,
  metadata: string,
): Promise<ModalView | undefined> {
  const hint = parseHint(metadata);
  // a form that was opened elsewhere carries no page of theirs
  if (hint?.page === undefined) return undefined;
  const reply = await openVersions(ctx, hint);
  return reply.kind === "modal" ? reply.view : undefined;
}

function turnsPage(actionId: string): Action {
  return hintAction(actionId, drawnAnew);
}

/** The open versions with another page or window in them. */
async function drawnAnew(ctx: Context, hint: Hint): Promise<ActionAnswer> {
  const reply = await openVersions(ctx, hint);
  return reply.kind === "modal" ? { kind: "updateView", view: reply.view } : reply;
}
