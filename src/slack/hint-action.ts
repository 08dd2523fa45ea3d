import type { Context } from "#src/usecases/context.ts";
import { type Hint, parseHint } from "#views/hint.ts";
import type { Action, ActionAnswer } from "./action.ts";

const ofThePanel = "This button is from an older version. Use the buttons of the pinned panel.";

/** A button whose value says what it is about. Where it says nothing that is known any more, `outdated` is told. */
export function hintAction(
  actionId: string,
  handle: (ctx: Context, hint: Hint) => Promise<ActionAnswer>,
  outdated = ofThePanel,
): Action {
  return {
    actionId,
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint ? handle(ctx, hint) : { kind: "ephemeral", text: outdated };
    },
  };
}
