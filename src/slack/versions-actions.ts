import type { ModalView } from "@slack/types";
import { openForm } from "#commands/forms.ts";
import { openVersions } from "#commands/versions.ts";
import type { Context } from "#src/usecases/context.ts";
import { drawChanges } from "#src/usecases/draw-changes.ts";
import { widenScan } from "#src/usecases/widen-scan.ts";
import { type Hint, parseHint } from "#views/hint.ts";
import type { Action, ActionAnswer } from "./action.ts";

/** The buttons of the versions: to open them, their pages, to widen the window in one press, and to draw it. */
export const versionsActions: readonly Action[] = [
  {
    actionId: "versions",
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint ? openVersions(ctx, { incidentId: hint.incidentId }) : outdated;
    },
  },
  turnsPage("versions-earlier"),
  turnsPage("versions-later"),
  {
    // one press where it is known when it last worked; else it is asked
    actionId: "widen-to-last-good",
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      if (!hint) return outdated;
      const { incidentId } = hint;
      const given = { incidentId, lastKnownGoodAt: null, basis: null };
      const result = await widenScan(ctx, given);
      if (result.ok) return drawnAnew(ctx, { ...hint, page: 0 });
      const { error } = result;
      return error.code === "bad_field" && error.field === "last_known_good"
        ? openForm(ctx, "widen-scan", hint, error.message)
        : { kind: "ephemeral", text: error.message };
    },
  },
  {
    actionId: "draw-changes",
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      if (!hint) return outdated;
      const result = await drawChanges(ctx, { incidentId: hint.incidentId });
      return { kind: "ephemeral", text: result.ok ? result.value.sentence : result.error.message };
    },
  },
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
  return {
    actionId,
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint ? drawnAnew(ctx, hint) : outdated;
    },
  };
}

/** The open versions with another page or window in them. */
async function drawnAnew(ctx: Context, hint: Hint): Promise<ActionAnswer> {
  const reply = await openVersions(ctx, hint);
  return reply.kind === "modal" ? { kind: "updateView", view: reply.view } : reply;
}

const outdated: ActionAnswer = {
  kind: "ephemeral",
  text: "This button is from an older version. Use the buttons of the pinned panel.",
};
