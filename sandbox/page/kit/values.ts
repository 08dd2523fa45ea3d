import type { Given } from "./surface.ts";

/** An element as far as what it holds goes. */
export interface Valued {
  type: string;
  action_id?: string;
  [field: string]: unknown;
}

/** Which field of an element says what is filled in beforehand; options are held by their value. */
const initialFields: Readonly<Record<string, string>> = {
  plain_text_input: "initial_value",
  email_text_input: "initial_value",
  url_text_input: "initial_value",
  number_input: "initial_value",
  static_select: "initial_option",
  external_select: "initial_option",
  radio_buttons: "initial_option",
  multi_static_select: "initial_options",
  multi_external_select: "initial_options",
  checkboxes: "initial_options",
  users_select: "initial_user",
  multi_users_select: "initial_users",
  conversations_select: "initial_conversation",
  multi_conversations_select: "initial_conversations",
  channels_select: "initial_channel",
  multi_channels_select: "initial_channels",
  datepicker: "initial_date",
  timepicker: "initial_time",
  datetimepicker: "initial_date_time",
  // Slack puts none into it beforehand
  file_input: "initial_files",
};

/** Whether the element holds what a person gives (a button and a menu do not). */
export function isValued(element: unknown): element is Valued {
  return isObject(element) && Object.hasOwn(initialFields, String(element["type"]));
}

/** What the element holds before anybody touches it. */
export function initialValue(element: Valued): Given {
  const initial = element[initialFields[element.type] ?? ""];
  if (Array.isArray(initial)) return initial.map(plainValue);
  if (initial === undefined || initial === null || initial === "") return null;
  return plainValue(initial);
}

/** The element whose value stands for the block in a form: its own, or the first of several. */
export function valuedElement(block: object): Valued | undefined {
  const { element, accessory, elements } = block as Record<string, unknown>;
  return [element, accessory, ...(Array.isArray(elements) ? elements : [])].find(isValued);
}

/** What blocks hold before anybody touches them, by block_id, as the sandbox gives it along with a form. */
export function initialValues(blocks: readonly object[]): Record<string, Given> {
  const values: Record<string, Given> = {};
  for (const block of blocks) {
    const element = valuedElement(block);
    if (element) values[String((block as { block_id?: string }).block_id)] = initialValue(element);
  }
  return values;
}

function plainValue(value: unknown): string {
  return isObject(value) ? String(value["value"]) : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
