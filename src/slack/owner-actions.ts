import { drawOwners, drawService, openServiceForm } from "#commands/owners.ts";
import type { ModalView } from "@slack/types";
import type { Reply } from "#commands/reply.ts";
import { serviceValues } from "#src/domain/owners/service.ts";
import type { Result } from "#src/lib/result.ts";
import { takeFileValue } from "#src/usecases/edit-services.ts";
import type { Context } from "#src/usecases/context.ts";
import { takeAnswer } from "#src/usecases/take-answer.ts";
import { type Hint, parseHint } from "#views/hint.ts";
import type { Action, ActionAnswer } from "./action.ts";

/**
 * "I'll answer", and the buttons of the list of services and of one service: list and service replace
 * each other, forms come on top.
 */
export const ownerActions: readonly Action[] = [
  {
    // the first of a group, or anybody where nobody is named, owns the answer
    actionId: "take-answer",
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      if (!hint?.layers?.length) return outdated;
      const { incidentId, layers } = hint;
      const result = await takeAnswer(ctx, { incidentId, layers });
      return { kind: "ephemeral", text: result.ok ? result.value.sentence : result.error.message };
    },
  },
  shows("list-services", drawOwners),
  shows("show-service", drawService),
  opens("edit-service"),
  opens("edit-owners"),
  {
    actionId: "take-file-value",
    handle: async (ctx, { value, blockId, metadata }) => {
      // which value it is stands in the block_id
      const chosen = serviceValues.find((one) => blockId === `file-value:${one}`);
      const word = parseHint(value)?.word;
      if (!chosen || word === undefined) return outdated;
      const result = await takeFileValue(ctx, { serviceName: word, value: chosen });
      if (!result.ok) return { kind: "ephemeral", text: result.error.message };
      const hint = parseHint(metadata);
      return hint ? shown(await drawService(ctx, { ...hint, word })) : outdated;
    },
  },
];

function shows(
  actionId: string,
  draw: (ctx: Context, hint: Hint) => Promise<Result<ModalView, Reply>>,
): Action {
  return {
    actionId,
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint ? shown(await draw(ctx, hint)) : outdated;
    },
  };
}

function opens(form: "edit-service" | "edit-owners"): Action {
  return {
    actionId: form,
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint ? openServiceForm(ctx, form, hint) : outdated;
    },
  };
}

function shown(drawn: Result<ModalView, Reply>): ActionAnswer {
  return drawn.ok ? { kind: "updateView", view: drawn.value } : drawn.error;
}

const outdated: ActionAnswer = {
  kind: "ephemeral",
  text: "This button is from an older version. Open what it stood in anew.",
};
