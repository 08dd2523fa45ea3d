import { openDeclareForm } from "#commands/declare.ts";
import { type FormId, openForm } from "#commands/forms.ts";
import { runSlashCommand } from "#commands/index.ts";
import { readOpenIncident } from "#commands/read-incident.ts";
import type { Reply } from "#commands/reply.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { leverIds } from "#src/domain/lever.ts";
import { answerLever } from "#src/usecases/answer-lever.ts";
import { parseHint } from "#views/hint.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import type { Action, ActionAnswer, ActionRequest } from "./action.ts";

/** Every button and select that does something; a button's action_id is the form or use case it leads to. */
export const actions: readonly Action[] = [
  opens("answer-layers"),
  opens("add-evidence"),
  opens("stabilize"),
  opens("end-lever"),
  opens("checklist"),
  opens("answer-rows"),
  opens("set-verdict"),
  opens("add-action"),
  opens("close-incident"),
  {
    actionId: "declare-incident",
    handle: async (ctx) => openDeclareForm(ctx, { title: "", isDrill: false }),
  },
  { actionId: "confirm-lever", handle: (ctx, request) => answerLeverBy(ctx, request, true) },
  { actionId: "decline-lever", handle: (ctx, request) => answerLeverBy(ctx, request, false) },
  {
    // the form follows the lever that was chosen in it: it asks that lever's own question
    actionId: "lever",
    handle: async (ctx, { value, values, metadata }) => {
      const lever = leverIds.find((id) => id === value);
      const hint = parseHint(metadata);
      if (!lever || !hint) return { kind: "none" };
      const read = await readOpenIncident(ctx, hint.incidentId);
      if (!read.ok) return asAnswer(read.error);
      return {
        kind: "updateView",
        view: stabilizeModal.render({ state: read.value, lever, values }),
      };
    },
  },
  {
    // a subcommand was typed outside an incident's channel; its name stands in the block_id
    actionId: "pick-incident",
    handle: async (ctx, { value, blockId, channelId }) => {
      const [, subcommand = "", ...text] = blockId.split(":");
      const pickedIncidentId = Number(value) as IncidentId;
      return asAnswer(
        await runSlashCommand(ctx, {
          text: `${subcommand} ${text.join(":")}`,
          channelId: channelId ?? "",
          pickedIncidentId,
        }),
      );
    },
  },
];

function opens(formId: FormId): Action {
  return {
    actionId: formId,
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint
        ? asAnswer(await openForm(ctx, formId, hint))
        : { kind: "ephemeral", text: outdated };
    },
  };
}

async function answerLeverBy(
  ctx: Parameters<Action["handle"]>[0],
  { value }: ActionRequest,
  isConfirmed: boolean,
): Promise<ActionAnswer> {
  const hint = parseHint(value);
  if (!hint?.leverNumber) return { kind: "ephemeral", text: outdated };
  const result = await answerLever(ctx, {
    incidentId: hint.incidentId,
    leverNumber: hint.leverNumber,
    isConfirmed,
  });
  const text = result.ok ? result.value.sentence : result.error.message;
  return { kind: "ephemeral", text };
}

const outdated = "This button is from an older version. Use the buttons of the pinned panel.";

function asAnswer(reply: Reply): ActionAnswer {
  return reply;
}
