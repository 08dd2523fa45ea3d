import type { ActionsBlockElement, InputBlockElement, SectionBlockAccessory } from "@slack/types";
import { BoxesElement } from "./boxes.tsx";
import { ButtonElement } from "./button.tsx";
import { ExternalSelectElement } from "./external-select.tsx";
import { FileInputElement } from "./file-input.tsx";
import { ImageElement } from "./image.tsx";
import { MultiSelectElement } from "./multi-select.tsx";
import { NotDrawn } from "./not-drawn.tsx";
import { OverflowElement } from "./overflow.tsx";
import { PickerElement } from "./pickers.tsx";
import type { Place } from "./place.ts";
import { SelectElement } from "./select.tsx";
import { TextInputElement } from "./text-inputs.tsx";

export type AnyElement = ActionsBlockElement | InputBlockElement | SectionBlockAccessory;

/** Whatever stands in a block and can be pressed, chosen or filled in. */
export function BlockElement({ element, place }: { element: AnyElement; place: Place }) {
  switch (element.type) {
    case "button":
      return <ButtonElement element={element} place={place} />;
    case "overflow":
      return <OverflowElement element={element} place={place} />;
    case "static_select":
    case "users_select":
    case "conversations_select":
    case "channels_select":
      return <SelectElement element={element} place={place} />;
    case "multi_static_select":
    case "multi_users_select":
    case "multi_conversations_select":
    case "multi_channels_select":
      return <MultiSelectElement element={element} place={place} />;
    case "external_select":
    case "multi_external_select":
      return <ExternalSelectElement element={element} place={place} />;
    case "checkboxes":
    case "radio_buttons":
      return <BoxesElement element={element} place={place} />;
    case "datepicker":
    case "timepicker":
    case "datetimepicker":
      return <PickerElement element={element} place={place} />;
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return <TextInputElement element={element} place={place} />;
    case "file_input":
      return <FileInputElement element={element} place={place} />;
    case "image":
      return <ImageElement image={element} />;
    default:
      return <NotDrawn kind={element.type} />;
  }
}

/** Whether a `<label>` can point at it; a group of boxes is named by reference. */
export function isGroup({ type }: { type: string }): boolean {
  return type === "checkboxes" || type === "radio_buttons";
}
