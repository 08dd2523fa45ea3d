import type { ActionsBlock, ContextBlock, SectionBlock } from "@slack/types";
import { useId } from "react";
import { type AnyElement, BlockElement } from "./element.tsx";
import { ImageElement } from "./image.tsx";
import type { Place } from "./place.ts";
import { plainTextOf, TextBlock } from "./text.tsx";
import { isValued } from "./values.ts";

/** Text, fields in two columns, and one thing beside them. */
export function SectionView({ block }: { block: SectionBlock }) {
  const id = useId();
  const textId = `${id}text`;
  return (
    <div className="bk-section">
      <div className="bk-section-main" id={textId}>
        {block.text && <TextBlock text={block.text} />}
        {block.fields && (
          <div className="bk-fields">
            {block.fields.map((field, index) => (
              <TextBlock key={index} text={field} />
            ))}
          </div>
        )}
      </div>
      {block.accessory && (
        <div className="bk-accessory">
          <BlockElement
            element={block.accessory}
            place={{
              ...placeBeside(block.block_id, id, block.accessory),
              isValueOfBlock: isValued(block.accessory),
              labelledBy: textId,
            }}
          />
        </div>
      )}
    </div>
  );
}

/** A row of buttons and selects. */
export function ActionsView({ block }: { block: ActionsBlock }) {
  const id = useId();
  const first = block.elements.find(isValued);
  return (
    <div className="bk-row">
      {block.elements.map((element, index) => (
        <BlockElement
          key={isValued(element) ? (element.action_id ?? index) : index}
          element={element}
          place={{
            ...placeBeside(block.block_id, `${id}${index}`, element),
            isValueOfBlock: element === first,
            label: nameOf(element),
          }}
        />
      ))}
    </div>
  );
}

/** Small print. */
export function ContextView({ block }: { block: ContextBlock }) {
  return (
    <div className="bk-context">
      {block.elements.map((element, index) =>
        element.type === "image" ? (
          <ImageElement key={index} image={element} />
        ) : (
          <TextBlock key={index} text={element} />
        ),
      )}
    </div>
  );
}

function placeBeside(blockId: string | undefined, id: string, element: AnyElement) {
  return {
    blockId: blockId ?? "",
    controlId: `${id}control`,
    actsAtOnce: isValued(element),
    isInvalid: false,
    isRequired: false,
  } satisfies Partial<Place>;
}

/** What a control in a row is called, where nothing else names it. */
function nameOf(element: AnyElement): string {
  const { placeholder } = element as { placeholder?: { text: string } };
  const names: Partial<Record<string, string>> = {
    datepicker: "Date",
    timepicker: "Time",
    datetimepicker: "Date and time",
    checkboxes: "Choices",
    radio_buttons: "Choices",
  };
  return (placeholder && plainTextOf(placeholder)) || (names[element.type] ?? "Choose");
}
