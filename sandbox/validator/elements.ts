import {
  confirm,
  dispatchConfig,
  flag,
  id,
  option,
  optionGroup,
  overflowOption,
  plainText,
  richOption,
  text,
} from "./objects.ts";
import type { ObjectShape, Shape } from "./shape.ts";

/** Block elements and their limits, https://docs.slack.dev/reference/block-kit/block-elements. */

const common = { action_id: id, confirm, focus_on_load: flag };
const placeholder = plainText(150);
const ids: Shape = { is: "list", of: text(255), min: 0 };
const atLeastOne: Shape = { is: "whole", min: 1 };
const minQuery: Shape = { is: "whole", min: 0 };
const style: Shape = { is: "string", oneOf: ["primary", "danger"] };

/** What a select offers: options, or groups of them. */
export const choices = {
  options: { is: "list", of: option, max: 100 },
  option_groups: { is: "list", of: optionGroup, max: 100 },
} as const;
const optionsXorGroups = {
  oneOfFields: ["options", "option_groups"],
  exclusiveFields: ["options", "option_groups"],
} as const;
const convoFilter: Shape = {
  is: "object",
  optional: {
    include: { is: "list", of: { is: "string", oneOf: ["im", "mpim", "private", "public"] } },
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
};
const convoOptions = {
  default_to_current_conversation: flag,
  filter: convoFilter,
} as const;

function element(
  optional: Record<string, Shape>,
  required: Record<string, Shape> = {},
): ObjectShape {
  return { is: "object", required, optional: { ...common, ...optional } };
}

const button: ObjectShape = {
  is: "object",
  required: { text: plainText(75) },
  optional: {
    action_id: id,
    confirm,
    url: text(3_000),
    value: text(2_000),
    style,
    accessibility_label: text(75),
  },
};
const image: ObjectShape = {
  is: "object",
  required: { alt_text: text(2_000) },
  optional: {
    image_url: text(3_000),
    slack_file: { is: "object", optional: { id, url: text(3_000) } },
  },
  oneOfFields: ["image_url", "slack_file"],
};
const selects: Record<string, ObjectShape> = {
  static_select: {
    ...element({ ...choices, placeholder, initial_option: option }),
    ...optionsXorGroups,
  },
  external_select: element({ placeholder, initial_option: option, min_query_length: minQuery }),
  users_select: element({ placeholder, initial_user: text(255) }),
  conversations_select: element({
    ...convoOptions,
    placeholder,
    initial_conversation: text(255),
    response_url_enabled: flag,
  }),
  channels_select: element({ placeholder, initial_channel: text(255), response_url_enabled: flag }),
};
const multiSelects: Record<string, ObjectShape> = {
  multi_static_select: {
    ...element({
      ...choices,
      placeholder,
      initial_options: { is: "list", of: option, max: 100 },
      max_selected_items: atLeastOne,
    }),
    ...optionsXorGroups,
  },
  multi_external_select: element({
    placeholder,
    initial_options: { is: "list", of: option, max: 100 },
    min_query_length: minQuery,
    max_selected_items: atLeastOne,
  }),
  multi_users_select: element({ placeholder, initial_users: ids, max_selected_items: atLeastOne }),
  multi_conversations_select: element({
    ...convoOptions,
    placeholder,
    initial_conversations: ids,
    max_selected_items: atLeastOne,
  }),
  multi_channels_select: element({
    placeholder,
    initial_channels: ids,
    max_selected_items: atLeastOne,
  }),
};
const pickers: Record<string, ObjectShape> = {
  datepicker: element({
    placeholder,
    initial_date: { is: "string", matches: /^\d{4}-\d{2}-\d{2}$/ },
  }),
  timepicker: element({
    placeholder,
    initial_time: { is: "string", matches: /^([01]\d|2[0-3]):[0-5]\d$/ },
    timezone: text(255),
  }),
  datetimepicker: element({
    // Ten digits: seconds, never milliseconds.
    initial_date_time: { is: "whole", min: 1_000_000_000, max: 9_999_999_999 },
  }),
};
const boxes: Record<string, ObjectShape> = {
  checkboxes: element(
    { initial_options: { is: "list", of: richOption, max: 10 } },
    { options: { is: "list", of: richOption, max: 10 } },
  ),
  radio_buttons: element(
    { initial_option: richOption },
    { options: { is: "list", of: richOption, max: 10 } },
  ),
};
const overflow: ObjectShape = {
  is: "object",
  required: { options: { is: "list", of: overflowOption, max: 5 } },
  optional: { action_id: id, confirm },
};
const writing = {
  placeholder,
  focus_on_load: flag,
  action_id: id,
  dispatch_action_config: dispatchConfig,
};
const writeIns: Record<string, ObjectShape> = {
  plain_text_input: {
    is: "object",
    optional: {
      ...writing,
      initial_value: { is: "string", min: 0, max: 3_000 },
      multiline: flag,
      min_length: { is: "whole", min: 0, max: 3_000 },
      max_length: { is: "whole", min: 1, max: 3_000 },
    },
  },
  email_text_input: { is: "object", optional: { ...writing, initial_value: text(3_000) } },
  url_text_input: { is: "object", optional: { ...writing, initial_value: text(3_000) } },
  number_input: {
    is: "object",
    required: { is_decimal_allowed: flag },
    optional: {
      ...writing,
      initial_value: text(3_000),
      min_value: text(3_000),
      max_value: text(3_000),
    },
  },
};

/** https://docs.slack.dev/reference/block-kit/block-elements/file-input-element; in an input block alone. */
const fileInput: ObjectShape = {
  is: "object",
  optional: {
    action_id: id,
    filetypes: { is: "list", of: text(20), min: 0 },
    max_files: { is: "whole", min: 1, max: 10 },
  },
};

/** Which elements a block may hold. */
export const inSection = {
  button,
  image,
  overflow,
  ...selects,
  ...multiSelects,
  ...pickers,
  ...boxes,
};
export const inActions = { button, overflow, ...selects, ...multiSelects, ...pickers, ...boxes };
export const inContext = { image };
export const inInput = {
  file_input: fileInput,
  ...writeIns,
  ...selects,
  ...multiSelects,
  ...pickers,
  ...boxes,
};
