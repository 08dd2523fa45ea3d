import type { ModalView } from "@slack/types";
import type { Outcome } from "#src/domain/decision.ts";
import type { Shown } from "#src/domain/meanwhile.ts";
import type { MeanwhileChange, Rejection, RuleRefusal } from "#src/domain/rejection.ts";
import type { Context } from "#src/usecases/context.ts";
import type { UseCase } from "#src/usecases/use-case.ts";
import { limits } from "#views/block-kit.ts";
import { encodeHint, parseHint } from "#views/hint.ts";
import type { FieldErrors, Modal } from "#views/modal.ts";
import { meanwhileBlock } from "#views/modals/meanwhile-blocks.ts";
import { receiptModal } from "#views/modals/receipt.ts";
import { refusalBlocks } from "#views/modals/refusal-blocks.ts";
import { hasTextField, type OpenForm, redrawForm } from "#views/open-form.ts";
import type { Values } from "#views/values.ts";

/** A form as it was submitted. */
export interface SubmittedForm {
  values: Values;
  metadata: string;
  /** block_ids of its inputs, the first one first: where an error can stand. */
  inputIds: string[];
  /** The form itself, as Slack sent it back. */
  view: OpenForm;
}

/** What Slack is told: errors under fields, the same form or a receipt in its place, or nothing more. */
export type SubmissionAnswer =
  | { kind: "errors"; errors: FieldErrors }
  | { kind: "update"; view: ModalView }
  | { kind: "close" };

/** One form, wired to what it does. */
export interface Submission {
  callbackId: string;
  handle(
    ctx: Context,
    form: SubmittedForm,
    outside: { isSlow: boolean },
  ): Promise<SubmissionAnswer>;
  /** The form beneath it, drawn anew after something was recorded; undefined where nothing is beneath. */
  drawBeneath?: (ctx: Context, metadata: string) => Promise<ModalView | undefined>;
}

/** The same form again with a rule's refusal on top, filled as it was; undefined where it cannot be drawn. */
export type RenderRefusal = (
  ctx: Context,
  refused: { metadata: string; values: Values; refusal: RuleRefusal },
) => Promise<ModalView | undefined>;

/** The same form again where somebody else was faster: what they changed, beside what was filled in. */
export type RenderOvertaken = (
  ctx: Context,
  overtaken: { metadata: string; values: Values; changes: MeanwhileChange[] },
) => Promise<ModalView | undefined>;

/**
 * Wires a modal to a use case: what the modal parses is what the use case takes. Nothing is lost: where
 * something is wrong the form stays open and filled, with the sentence at the field it belongs to.
 */
export function on<Input>(
  modal: Pick<Modal<never, Input>, "callbackId" | "parse">,
  useCase: UseCase<Input>,
  options: Pick<Submission, "drawBeneath"> & {
    renderRefusal?: RenderRefusal;
    renderOvertaken?: RenderOvertaken;
  } = {},
): Submission {
  return {
    callbackId: modal.callbackId,
    ...(options.drawBeneath ? { drawBeneath: options.drawBeneath } : {}),
    async handle(ctx, form, outside) {
      const parsed = modal.parse(form.values, form.metadata);
      if (!parsed.ok) return { kind: "errors", errors: parsed.error };
      const result = await useCase(ctx, parsed.value);
      if (result.ok) return answerOutcome(result.value, outside);
      const rejection = result.error;
      if (rejection.code === "refused" && options.renderRefusal) {
        const { values, metadata } = form;
        const view = await options.renderRefusal(ctx, {
          metadata,
          values,
          refusal: rejection.refusal,
        });
        if (view) return { kind: "update", view };
      }
      if (rejection.code === "stale" && rejection.changes && options.renderOvertaken) {
        const { values, metadata } = form;
        const { changes } = rejection;
        const view = await options.renderOvertaken(ctx, { metadata, values, changes });
        if (view) return { kind: "update", view };
      }
      if (rejection.code === "stale" && rejection.changes && rejection.shown) {
        const { changes, shown } = rejection;
        return { kind: "update", view: drawOvertaken(form, changes, shown) };
      }
      if (rejection.code === "refused" && rejection.refusal.rewrite) {
        const view = offerWording(form.view, rejection.refusal);
        if (view) return { kind: "update", view };
      }
      return { kind: "errors", errors: errorsOf(rejection, form) };
    },
  };
}

/** The same form, filled as it was, with what stands now on top: sent again, it counts as seen. */
function drawOvertaken(
  { view, metadata }: SubmittedForm,
  changes: readonly MeanwhileChange[],
  shown: Shown,
): ModalView {
  const hint = parseHint(metadata);
  return redrawForm(
    {
      ...view,
      blocks: view.blocks.filter(({ block_id: id }) => id !== "meanwhile"),
      ...(hint
        ? { private_metadata: encodeHint({ ...hint, shown: { ...hint.shown, ...shown } }) }
        : {}),
    },
    { onTop: [meanwhileBlock(changes)] },
  );
}

/**
 * R12: the same form, filled as it was, with the refusal and the offered words on top. Undefined where
 * it does not ask for the text that was refused, or has no room left.
 */
function offerWording(form: OpenForm, refusal: RuleRefusal): ModalView | undefined {
  if (!refusal.rewrite || !hasTextField(form, refusal.rewrite.field)) return undefined;
  const view = redrawForm(form, { onTop: refusalBlocks(refusal) });
  return view.blocks.length <= limits.blocksModal ? view : undefined;
}

function answerOutcome(outcome: Outcome, outside: { isSlow: boolean }): SubmissionAnswer {
  if (!outcome.isShown && !outside.isSlow) return { kind: "close" };
  const more = outside.isSlow
    ? " Slack or GitHub is slow now, so what follows may come later."
    : "";
  return {
    kind: "update",
    view: receiptModal.render({
      title: "Saved",
      sentence: `${outcome.sentence}${more}`,
      channelId: outcome.channelId,
      marks: outcome.marks,
      incidentId: outcome.incidentId,
    }),
  };
}

/** A rejection at its field; one of no field stands at the first, where the person looks. Its rule ends it, in brackets. */
function errorsOf(rejection: Rejection, { inputIds }: SubmittedForm): FieldErrors {
  const first = inputIds[0] ?? "form";
  if (rejection.code === "refused") {
    const { rewrite, rules } = rejection.refusal;
    const at = rewrite && inputIds.includes(rewrite.field) ? rewrite.field : first;
    return { [at]: withRule(rejection.message, rules[0]) };
  }
  if (rejection.code !== "bad_field") return { [first]: rejection.message };
  const field = inputIds.includes(rejection.field) ? rejection.field : first;
  return { [field]: withRule(rejection.message, rejection.rule) };
}

function withRule(message: string, rule: string | undefined): string {
  // some messages name their rules themselves, where several refuse
  return rule && !message.endsWith("]") ? `${message} [${rule}]` : message;
}
