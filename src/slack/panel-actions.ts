import { catchUp } from "#commands/catch-up.ts";
import { showList } from "#commands/list.ts";
import { say } from "#commands/read-incident.ts";
import type { Reply } from "#commands/reply.ts";
import { openUpdateForm } from "#commands/update.ts";
import type { Context } from "#src/usecases/context.ts";
import { snoozeUpdate } from "#src/usecases/post-update.ts";
import { type Hint, parseHint } from "#views/hint.ts";
import type { Action } from "./action.ts";

/** Buttons of the panel and of the messages around it that open no form of the table in `commands/forms.ts`. */
export const panelActions: readonly Action[] = [
  answers("catch-up", catchUp),
  answers("post-update", (ctx, { incidentId }) => openUpdateForm(ctx, incidentId)),
  answers("snooze-update", async (ctx, { incidentId }) => {
    const result = await snoozeUpdate(ctx, { incidentId });
    return say(result.ok ? result.value.sentence : result.error.message);
  }),
  answers("list", (ctx, { page = 0 }) => showList(ctx, page)),
];

/** What the button's hint leads to, as a reply to who pressed it. */
function answers(actionId: string, answer: (ctx: Context, hint: Hint) => Promise<Reply>): Action {
  return {
    actionId,
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint
        ? answer(ctx, hint)
        : say("This button is from an older version. Use the buttons of the pinned panel.");
    },
  };
}
