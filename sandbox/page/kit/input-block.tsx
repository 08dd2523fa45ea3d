import type { InputBlock } from "@slack/types";
import { useId } from "react";
import { BlockElement, isGroup } from "./element.tsx";
import type { Place } from "./place.ts";
import { useSurface } from "./surface.ts";
import { Plain } from "./text.tsx";

/** A field of a form: its label, what is filled in, what is wrong with it, and a hint. */
export function InputBlockView({ block }: { block: InputBlock }) {
  const { fields } = useSurface();
  const id = useId();
  const blockId = block.block_id ?? "";
  const error = fields?.errors[blockId];
  const [labelId, hintId, errorId] = [`${id}label`, `${id}hint`, `${id}error`];
  const describedBy = [error !== undefined && errorId, block.hint && hintId].filter(Boolean);
  const isNamedByReference = isGroup(block.element) || isPanel(block.element);
  const place: Place = {
    blockId,
    controlId: `${id}control`,
    isValueOfBlock: true,
    actsAtOnce: block.dispatch_action ?? false,
    isInvalid: error !== undefined,
    isRequired: !block.optional,
    ...(isNamedByReference ? { labelledBy: labelId } : {}),
    ...(describedBy.length > 0 ? { describedBy: describedBy.join(" ") } : {}),
  };
  const label = (
    <>
      <Plain text={block.label} />
      {block.optional && <span className="bk-optional"> (optional)</span>}
    </>
  );
  return (
    <div className="bk-field" data-block={blockId} data-invalid={place.isInvalid || undefined}>
      {isGroup(block.element) ? (
        <div className="bk-label" id={labelId}>
          {label}
        </div>
      ) : (
        <label className="bk-label" id={labelId} htmlFor={place.controlId}>
          {label}
        </label>
      )}
      <BlockElement element={block.element} place={place} />
      {error !== undefined && <FieldError id={errorId} error={error} />}
      {block.hint && (
        <p className="bk-hint" id={hintId}>
          <Plain text={block.hint} />
        </p>
      )}
    </div>
  );
}

/** What is wrong with a field, said as soon as it is known. */
function FieldError({ id, error }: { id: string; error: string }) {
  return (
    <p className="bk-error" id={id} role="alert">
      <span className="bk-error-mark" aria-hidden="true">
        !
      </span>
      <span className="bk-unseen">Error: </span>
      <bdi className="bk-plain">{error}</bdi>
    </p>
  );
}

/** Its button is named by the label and by what is chosen. */
function isPanel({ type }: { type: string }): boolean {
  return type.startsWith("multi_") || type === "external_select";
}
