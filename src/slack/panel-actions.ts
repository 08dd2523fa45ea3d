import { catchUp } from "#commands/catch-up.ts";
import { showList } from "#commands/list.ts";
import { say } from "#commands/read-incident.ts";
import { openUpdateForm } from "#commands/update.ts";
import { snoozeUpdate } from "#src/usecases/post-update.ts";
import type { Action } from "./action.ts";
import { hintAction } from "./hint-action.ts";

/** Buttons of the panel and of the messages around it that open no form of the table in `commands/forms.ts`. */
export const panelActions: readonly Action[] = [
  hintAction("catch-up", catchUp),
  hintAction("post-update", (ctx, { incidentId }) => openUpdateForm(ctx, incidentId)),
  hintAction("snooze-update", async (ctx, { incidentId }) => {
    const result = await snoozeUpdate(ctx, { incidentId });
    return say(result.ok ? result.value.sentence : result.error.message);
  }),
  hintAction("list", (ctx, { page = 0 }) => showList(ctx, page)),
];
