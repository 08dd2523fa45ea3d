// A person with a form: takes what is prefilled, types over it, and hands in what Slack would send.

import type { InputBlock, ModalView } from "@slack/types";
import type { FieldErrors, Modal } from "#views/modal.ts";
import {
  readValues,
  type SlackElementState,
  type SlackStateValues,
  type Values,
} from "#views/values.ts";

/** What is typed or chosen, by block_id; null empties a field. */
export type Typed = Readonly<Record<string, string | readonly string[] | null>>;

/** The values of a submitted form, read as they are on the way in. Throws where the form has no such field or option. */
export function fillForm(view: ModalView, typed: Typed = {}): Values {
  const inputs = view.blocks.filter((block): block is InputBlock => block.type === "input");
  const known = new Set(inputs.map((input) => input.block_id));
  for (const id of Object.keys(typed)) if (!known.has(id)) throw new Error(`no field ${id}`);
  const state: SlackStateValues = {};
  for (const { block_id: id = "", element } of inputs) {
    const { action_id: actionId = "" } = element as { action_id?: string };
    state[id] = { [actionId]: elementState(id, element as unknown as Element, typed[id]) };
  }
  return readValues(state);
}

/** Fills the form in and hands it in: the input, or `{errors}` by field. */
export function submit<Input>(
  modal: Modal<never, Input>,
  view: ModalView,
  typed: Typed,
): Input | { errors: FieldErrors } {
  const parsed = modal.parse(fillForm(view, typed), view.private_metadata ?? "");
  return parsed.ok ? parsed.value : { errors: parsed.error };
}

interface Option {
  value: string;
}
interface Element {
  type: string;
  options?: Option[];
  initial_value?: string;
  initial_option?: Option;
  initial_options?: Option[];
  initial_user?: string;
  initial_conversation?: string;
  initial_date?: string;
  initial_date_time?: number;
}

/** As Slack sends it: an untouched menu is null, an untouched menu of several an empty list. */
function elementState(
  id: string,
  element: Element,
  typed: string | readonly string[] | null | undefined,
): SlackElementState {
  const { type } = element;
  const choose = (value: string): Option => {
    const option = element.options?.find((one) => one.value === value);
    if (!option) throw new Error(`no option ${value} in ${id}`);
    return option;
  };
  const one = typeof typed === "string" ? typed : null;
  switch (type) {
    case "static_select":
    case "radio_buttons":
      return {
        type,
        selected_option:
          typed === undefined
            ? (element.initial_option ?? null)
            : one === null
              ? null
              : choose(one),
      };
    case "multi_static_select":
    case "checkboxes":
      return {
        type,
        selected_options:
          typed === undefined ? (element.initial_options ?? []) : asList(typed).map(choose),
      };
    case "users_select":
      return { type, selected_user: typed === undefined ? (element.initial_user ?? null) : one };
    case "conversations_select":
      return {
        type,
        selected_conversation: typed === undefined ? (element.initial_conversation ?? null) : one,
      };
    case "datepicker":
      return { type, selected_date: typed === undefined ? (element.initial_date ?? null) : one };
    case "datetimepicker":
      return {
        type,
        selected_date_time:
          typed === undefined
            ? (element.initial_date_time ?? null)
            : one === null
              ? null
              : Number(one),
      };
    case "file_input":
      return { type, files: asList(typed ?? null).map((file) => JSON.parse(file)) };
    default:
      return { type, value: typed === undefined ? (element.initial_value ?? null) : one };
  }
}

function asList(typed: string | readonly string[] | null): readonly string[] {
  if (typed === null) return [];
  return typeof typed === "string" ? [typed] : typed;
}
