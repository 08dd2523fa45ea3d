import type { ModalView } from "@slack/types";
import { showActions } from "#commands/actions.ts";
import { openDeclareForm } from "#commands/declare.ts";
import { type FormId, openForm } from "#commands/forms.ts";
import { runSlashCommand } from "#commands/index.ts";
import { readOpenIncident } from "#commands/read-incident.ts";
import type { Reply } from "#commands/reply.ts";
import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import { leverIds } from "#src/domain/lever.ts";
import { phaseOrder } from "#src/domain/lifecycle.ts";
import { answerLever } from "#src/usecases/answer-lever.ts";
import type { Context } from "#src/usecases/context.ts";
import { meetLeverCondition } from "#src/usecases/meet-lever-condition.ts";
import { seeHarmSignal } from "#src/usecases/see-harm-signal.ts";
import { parseHint } from "#views/hint.ts";
import { addActionModal } from "#views/modals/add-action.ts";
import { setPhaseModal } from "#views/modals/set-phase.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { textOf } from "#views/values.ts";
import type { Action, ActionAnswer, ActionRequest } from "./action.ts";
import { claimActions } from "./claim-actions.ts";
import { evidenceActions } from "./evidence-actions.ts";
import { ownerActions } from "./owner-actions.ts";
import { panelActions } from "./panel-actions.ts";
import { patternActions } from "./pattern-actions.ts";
import { similarActions } from "./similar-actions.ts";
import { openNote, timelineActions } from "./timeline-actions.ts";
import { useWording } from "./use-wording.ts";
import { versionsActions } from "./versions-actions.ts";

/** Every button and select that does something; a button's action_id is the form or use case it leads to. */
export const actions: readonly Action[] = [
  opens("answer-layers"),
  opens("add-evidence"),
  opens("stabilize"),
  opens("end-lever"),
  opens("checklist"),
  opens("answer-rows"),
  opens("set-verdict"),
  opens("answer-questions"),
  opens("answer-split"),
  opens("dissent"),
  opens("add-strand"),
  opens("edit-strand"),
  ...claimActions,
  ...evidenceActions,
  opens("add-action"),
  opens("correct-action"),
  opens("add-gap"),
  opens("add-factor"),
  opens("add-golden"),
  opens("accept-risk"),
  opens("answer-detection"),
  opens("link-items"),
  {
    actionId: "actions",
    handle: async (ctx, { value }) => {
      const hint = parseHint(value);
      return hint
        ? asAnswer(await showActions(ctx, hint.incidentId, hint.page ?? 0))
        : { kind: "ephemeral", text: outdated };
    },
  },
  {
    // the form of an action follows the layer that was chosen in it: it shows that layer's example
    actionId: "layer",
    handle: async (ctx, { values, metadata }) => {
      const hint = parseHint(metadata);
      if (!hint || !Object.hasOwn(values, "criterion")) return { kind: "none" };
      const read = await readOpenIncident(ctx, hint.incidentId);
      if (!read.ok) return asAnswer(read.error);
      return {
        kind: "updateView",
        view: addActionModal.render({ state: read.value, layer: null, values }),
      };
    },
  },
  opens("close-incident"),
  opens("complete-lever"),
  opens("no-lever-needed"),
  opens("set-severity"),
  opens("set-phase"),
  opens("reopen-incident"),
  openNote,
  useWording,
  ...timelineActions,
  opens("edit-details"),
  opens("cancel-incident"),
  opens("remove-drill"),
  opens("set-role"),
  opens("more"),
  opens("raise-hypothesis"),
  ...similarActions,
  ...panelActions,
  ...patternActions,
  ...versionsActions,
  opens("widen-scan"),
  opens("mark-source"),
  opens("add-change"),
  {
    actionId: "declare-incident",
    handle: async (ctx) => openDeclareForm(ctx, { title: "", isDrill: false }),
  },
  ...ownerActions,
  {
    actionId: "confirm-lever",
    handle: (ctx, request) =>
      aboutLever(ctx, request, (ids) => answerLever(ctx, { ...ids, isConfirmed: true })),
  },
  {
    actionId: "decline-lever",
    handle: (ctx, request) =>
      aboutLever(ctx, request, (ids) => answerLever(ctx, { ...ids, isConfirmed: false })),
  },
  {
    // the form follows the lever that was chosen in it: it asks that lever's own question
    actionId: "lever",
    handle: (ctx, request) =>
      redraw(ctx, request, (state) => {
        const lever = leverIds.find((id) => id === request.value) ?? null;
        return stabilizeModal.render({ state, lever, values: request.values });
      }),
  },
  {
    // what cannot be undone takes a second person (B6)
    actionId: "cannot_be_undone",
    handle: (ctx, request) =>
      redraw(ctx, request, (state) => {
        const chosen = textOf(request.values, "lever");
        const lever = leverIds.find((id) => id === chosen) ?? null;
        return stabilizeModal.render({ state, lever, values: request.values });
      }),
  },
  {
    // the form says what the chosen phase asks for
    actionId: "phase",
    handle: (ctx, request) =>
      redraw(ctx, request, (state) => {
        const phase = phaseOrder.find((id) => id === request.value) ?? null;
        return setPhaseModal.render({ state, phase, values: request.values });
      }),
  },
  {
    actionId: "harm-signal-moved",
    handle: (ctx, request) =>
      aboutLever(ctx, request, (ids) => seeHarmSignal(ctx, { ...ids, hasMoved: true })),
  },
  {
    actionId: "harm-signal-not-moved",
    handle: (ctx, request) =>
      aboutLever(ctx, request, (ids) => seeHarmSignal(ctx, { ...ids, hasMoved: false })),
  },
  {
    actionId: "meet-lever-condition",
    handle: (ctx, request) => aboutLever(ctx, request, (ids) => meetLeverCondition(ctx, ids)),
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

/** The open form anew, for what was chosen in it; nothing where it is none of ours. */
async function redraw(
  ctx: Context,
  { metadata }: ActionRequest,
  draw: (state: IncidentState) => ModalView,
): Promise<ActionAnswer> {
  const hint = parseHint(metadata);
  if (!hint) return { kind: "none" };
  const read = await readOpenIncident(ctx, hint.incidentId, { isBlankForm: true });
  return read.ok ? { kind: "updateView", view: draw(read.value) } : asAnswer(read.error);
}

/** What a button at a lever does, told to who pressed it alone. */
async function aboutLever(
  ctx: Context,
  { value }: ActionRequest,
  work: (ids: { incidentId: IncidentId; leverNumber: number }) => ReturnType<typeof answerLever>,
): Promise<ActionAnswer> {
  const hint = parseHint(value);
  if (!hint?.leverNumber) return { kind: "ephemeral", text: outdated };
  const { incidentId, leverNumber } = hint;
  const result = await work({ incidentId, leverNumber });
  const text = result.ok ? result.value.sentence : result.error.message;
  return { kind: "ephemeral", text };
}

const outdated = "This button is from an older version. Use the buttons of the pinned panel.";

function asAnswer(reply: Reply): ActionAnswer {
  return reply;
}
