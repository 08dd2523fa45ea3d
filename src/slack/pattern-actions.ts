import { drawCompared, openPattern, recordCascade } from "#commands/patterns.ts";
import { say } from "#commands/read-incident.ts";
import type { Reply } from "#commands/reply.ts";
import type { Context } from "#src/usecases/context.ts";
import { type Hint, parseHint } from "#views/hint.ts";
import { patternModal } from "#views/modals/pattern.ts";
import type { Action } from "./action.ts";
import type { Submission } from "./submission.ts";

/** Buttons of the failure patterns: a checklist, and what was compared in it as evidence. */
export const patternActions: readonly Action[] = [
  opens("pattern", openPattern),
  opens("record-cascade", recordCascade),
];

/** "Compare" in the checklist of a tool cascade: the same form with the result on top. Nothing is recorded. */
export const patternSubmission: Submission = {
  callbackId: patternModal.callbackId,
  async handle(ctx, { values, metadata }) {
    const parsed = patternModal.parse(values, metadata);
    if (!parsed.ok) return { kind: "errors", errors: parsed.error };
    const view = await drawCompared(ctx, parsed.value);
    return view ? { kind: "update", view } : { kind: "close" };
  },
};

function opens(actionId: string, open: (ctx: Context, hint: Hint) => Promise<Reply>): Action {
  return {
    actionId,
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint
        ? open(ctx, hint)
        : say("This button is from an older version. Use the buttons of the pinned panel.");
    },
  };
}
