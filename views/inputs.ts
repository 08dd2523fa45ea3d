import type { InputBlock, InputBlockElement, ModalView, PlainTextOption } from "@slack/types";
import type { KnownBlock } from "@slack/types";
import { limits, plain } from "./block-kit.ts";
import { encodeHint, type Hint } from "./hint.ts";

/** One thing that can be chosen: what is sent, and what people read. */
export interface Choice {
  value: string;
  text: string;
}

interface InputOptions {
  isOptional?: boolean;
  hint?: string;
}

/** The choices of a closed list of words: id → what people see. */
export function choicesOf(table: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(table).map(([value, text]) => ({ value, text }));
}

/**
 * A line or a box of text. Slack's `max_length` is left alone on purpose: with it Slack refuses on
 * its own terms; without it our error at the field names the limit and what was typed stays there.
 */
export function textInput(
  id: string,
  label: string,
  options: InputOptions & {
    initial?: string | null;
    placeholder?: string;
    isMultiline?: boolean;
    hasFocus?: boolean;
  } = {},
): InputBlock {
  return input(id, label, options, {
    type: "plain_text_input",
    action_id: id,
    ...(options.isMultiline ? { multiline: true } : {}),
    ...(options.initial ? { initial_value: options.initial.slice(0, limits.inputText) } : {}),
    ...(options.placeholder ? { placeholder: plain(options.placeholder, limits.placeholder) } : {}),
    ...(options.hasFocus ? { focus_on_load: true } : {}),
  });
}

/** A whole number; Slack's own client lets nothing else through. Comes back as its digits. */
export function numberInput(
  id: string,
  label: string,
  options: InputOptions & { initial?: string | null; min?: number; max?: number } = {},
): InputBlock {
  return input(id, label, options, {
    type: "number_input",
    action_id: id,
    is_decimal_allowed: false,
    ...(options.initial ? { initial_value: options.initial } : {}),
    ...(options.min === undefined ? {} : { min_value: String(options.min) }),
    ...(options.max === undefined ? {} : { max_value: String(options.max) }),
  });
}

/** One file; by its ending alone, so whoever takes it looks at it again (docs.slack.dev, file input element). */
export function fileInput(
  id: string,
  label: string,
  options: InputOptions & { endings: readonly string[] },
): InputBlock {
  return input(id, label, options, {
    type: "file_input",
    action_id: id,
    filetypes: [...options.endings],
    max_files: 1,
  });
}

/** One of several, from a menu. `isDispatched`: the choice is told at once, so that the form can follow it. */
export function selectInput(
  id: string,
  label: string,
  choices: readonly Choice[],
  options: InputOptions & {
    initial?: string | null;
    placeholder?: string;
    isDispatched?: boolean;
    hasFocus?: boolean;
  } = {},
): InputBlock {
  const all = toOptions(choices, limits.selectOptions);
  const chosen = all.find((option) => option.value === options.initial);
  return {
    ...input(id, label, options, {
      type: "static_select",
      action_id: id,
      options: all,
      ...(chosen ? { initial_option: chosen } : {}),
      ...(options.placeholder
        ? { placeholder: plain(options.placeholder, limits.placeholder) }
        : {}),
      ...(options.hasFocus ? { focus_on_load: true } : {}),
    }),
    ...(options.isDispatched ? { dispatch_action: true } : {}),
  };
}

/** Any number of several, from a menu. */
export function multiSelectInput(
  id: string,
  label: string,
  choices: readonly Choice[],
  options: InputOptions & { initial?: readonly string[]; placeholder?: string } = {},
): InputBlock {
  const all = toOptions(choices, limits.selectOptions);
  const chosen = all.filter((option) => options.initial?.includes(option.value ?? ""));
  return input(id, label, options, {
    type: "multi_static_select",
    action_id: id,
    options: all,
    ...(chosen.length > 0 ? { initial_options: chosen } : {}),
    ...(options.placeholder ? { placeholder: plain(options.placeholder, limits.placeholder) } : {}),
  });
}

/** One of a few, all in view. */
export function radioInput(
  id: string,
  label: string,
  choices: readonly Choice[],
  options: InputOptions & { initial?: string | null } = {},
): InputBlock {
  const all = toOptions(choices, limits.radioOptions);
  const chosen = all.find((option) => option.value === options.initial);
  return input(id, label, options, {
    type: "radio_buttons",
    action_id: id,
    options: all,
    ...(chosen ? { initial_option: chosen } : {}),
  });
}

/** Any number of a few, all in view. */
export function checkboxesInput(
  id: string,
  label: string,
  choices: readonly Choice[],
  options: InputOptions & { initial?: readonly string[] } = {},
): InputBlock {
  const all = toOptions(choices, limits.checkboxOptions);
  const chosen = all.filter((option) => options.initial?.includes(option.value ?? ""));
  return input(id, label, options, {
    type: "checkboxes",
    action_id: id,
    options: all,
    ...(chosen.length > 0 ? { initial_options: chosen } : {}),
  });
}

/** A person of the workspace. */
export function userInput(
  id: string,
  label: string,
  options: InputOptions & { initial?: string | null } = {},
): InputBlock {
  return input(id, label, options, {
    type: "users_select",
    action_id: id,
    ...(options.initial ? { initial_user: options.initial } : {}),
  });
}

/** A channel that people see, public or private; never a direct message. */
export function channelInput(
  id: string,
  label: string,
  options: InputOptions & { initial?: string | null } = {},
): InputBlock {
  return input(id, label, options, {
    type: "conversations_select",
    action_id: id,
    filter: { include: ["public", "private"] },
    ...(options.initial ? { initial_conversation: options.initial } : {}),
  });
}

/** A day, `yyyy-MM-dd`. */
export function dateInput(
  id: string,
  label: string,
  options: InputOptions & { initial?: string | null } = {},
): InputBlock {
  return input(id, label, options, {
    type: "datepicker",
    action_id: id,
    ...(options.initial ? { initial_date: options.initial } : {}),
  });
}

/** A day and a time, in the zone of who fills it in; comes back in seconds since 1970. */
export function dateTimeInput(
  id: string,
  label: string,
  options: InputOptions & { initial?: Date | null } = {},
): InputBlock {
  return input(id, label, options, {
    type: "datetimepicker",
    action_id: id,
    ...(options.initial ? { initial_date_time: Math.floor(options.initial.getTime() / 1000) } : {}),
  });
}

function input(
  id: string,
  label: string,
  options: InputOptions,
  element: InputBlockElement,
): InputBlock {
  return {
    type: "input",
    block_id: id,
    label: plain(label, limits.inputLabel),
    element,
    ...(options.isOptional ? { optional: true } : {}),
    ...(options.hint ? { hint: plain(options.hint, limits.hint) } : {}),
  };
}

function toOptions(choices: readonly Choice[], max: number): PlainTextOption[] {
  return choices
    .slice(0, max)
    .map(({ value, text }) => ({ text: plain(text, limits.optionText), value }));
}

/** A form, or, without `submit`, something to read and close. The hint comes back with the submission. */
export function modalView(
  callbackId: string,
  parts: { title: string; submit?: string; hint?: Hint; blocks: readonly KnownBlock[] },
): ModalView {
  return {
    type: "modal",
    callback_id: callbackId,
    title: plain(parts.title, limits.modalTitle),
    ...(parts.submit === undefined ? {} : { submit: plain(parts.submit, limits.modalTitle) }),
    close: plain(parts.submit === undefined ? "Close" : "Cancel", limits.modalTitle),
    ...(parts.hint === undefined ? {} : { private_metadata: encodeHint(parts.hint) }),
    blocks: parts.blocks.slice(0, limits.blocksModal),
  };
}
