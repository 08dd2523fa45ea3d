/** A form with every element that Slack has and the page draws. */
import type { KnownBlock, PlainTextElement } from "@slack/types";

/** A `plain_text`. */
export function plain(text: string): PlainTextElement {
  return { type: "plain_text", text };
}

const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
const [one, two, three] = [option("One"), option("Two"), option("Three")] as const;
const confirm = {
  title: plain("Sure?"),
  text: plain("It cannot be undone."),
  confirm: plain("Do it"),
  deny: plain("Leave it"),
};

function input(id: string, label: string, element: object, more: object = {}): KnownBlock {
  const block = { type: "input", block_id: id, label: plain(label), ...more };
  return { ...block, element: { action_id: id, ...element } } as KnownBlock;
}

export const richTextBlock = {
  type: "rich_text",
  elements: [
    {
      type: "rich_text_section",
      elements: [
        { type: "text", text: "Bold", style: { bold: true } },
        { type: "text", text: " *not read*" },
        { type: "user", user_id: "U0ANA" },
        { type: "channel", channel_id: "C0OPS" },
        { type: "usergroup", usergroup_id: "S0DATA" },
        { type: "broadcast", range: "here" },
        { type: "emoji", name: "thumbsup" },
        { type: "date", timestamp: 1_773_048_000, format: "{date_pretty} {time}" },
        { type: "link", url: "https://example.com", text: "a link" },
        { type: "color", value: "#ff0000" },
      ],
    },
    {
      type: "rich_text_list",
      style: "ordered",
      indent: 1,
      offset: 2,
      elements: [
        { type: "rich_text_section", elements: [{ type: "text", text: "one" }] },
        { type: "rich_text_section", elements: [{ type: "text", text: "two" }] },
      ],
    },
    { type: "rich_text_quote", elements: [{ type: "text", text: "quoted" }] },
    { type: "rich_text_preformatted", elements: [{ type: "text", text: "code <b>" }] },
  ],
} as KnownBlock;

export const everyElement: KnownBlock[] = [
  { type: "header", text: plain("Every element") },
  {
    type: "section",
    block_id: "section",
    text: { type: "mrkdwn", text: "*Bold* `code` <@U0ANA>" },
    fields: [plain("Left"), plain("Right")],
    accessory: {
      type: "overflow",
      action_id: "menu",
      options: [one, { ...two, url: "https://example.com/b" }],
      confirm,
    },
  },
  {
    type: "section",
    block_id: "section-select",
    text: plain("Which one?"),
    accessory: { type: "static_select", action_id: "which", options: [one, two] },
  },
  { type: "divider" },
  {
    type: "context",
    elements: [
      plain("Small print"),
      { type: "image", image_url: "https://example.com/a.png", alt_text: "A chart" },
    ],
  },
  { type: "image", alt_text: "Errors per hour", slack_file: { id: "F1" }, title: plain("Errors") },
  {
    type: "actions",
    block_id: "row",
    elements: [
      { type: "button", action_id: "go", text: plain("Go"), style: "primary", value: "1" },
      { type: "button", action_id: "drop", text: plain("Drop it"), style: "danger", confirm },
      { type: "button", action_id: "see", text: plain("See it"), url: "https://example.com/a" },
      { type: "users_select", action_id: "who", placeholder: plain("Who?") },
      { type: "multi_static_select", action_id: "some", options: [one, two] },
      { type: "datepicker", action_id: "when" },
      { type: "radio_buttons", action_id: "row-radio", options: [one, two] },
    ],
  },
  input(
    "name",
    "Name",
    { type: "plain_text_input", initial_value: "Old rule", max_length: 20, focus_on_load: true },
    { hint: plain("A few words.") },
  ),
  input(
    "story",
    "Story",
    { type: "plain_text_input", multiline: true, initial_value: "two\nlines" },
    { optional: true },
  ),
  input("email", "Email", { type: "email_text_input" }, { optional: true }),
  input("url", "Address", { type: "url_text_input", placeholder: plain("https://") }),
  input("number", "Number", {
    type: "number_input",
    is_decimal_allowed: false,
    initial_value: "12",
  }),
  input("date", "Date", { type: "datepicker", initial_date: "2026-03-09" }),
  input("time", "Time", { type: "timepicker", initial_time: "14:30" }),
  input("moment", "Moment", { type: "datetimepicker", initial_date_time: 1_773_048_000 }),
  input("file", "File", { type: "file_input", filetypes: ["csv", "json"], max_files: 1 }),
  input("select", "Select", {
    type: "static_select",
    option_groups: [{ label: plain("Group"), options: [one, two] }],
    initial_option: two,
  }),
  input("person", "Person", { type: "users_select", initial_user: "U0ANA" }),
  input("conversation", "Conversation", { type: "conversations_select" }),
  input("channel", "Channel", { type: "channels_select" }),
  input("external", "Search", { type: "external_select", initial_option: one }),
  input("externals", "Search several", { type: "multi_external_select" }),
  input("layers", "Layers", {
    type: "multi_static_select",
    options: [one, two],
    initial_options: [one],
    max_selected_items: 2,
  }),
  input("many", "Many", {
    type: "multi_static_select",
    option_groups: [
      {
        label: plain("Numbers"),
        options: Array.from({ length: 9 }, (_, n) => option(`Number ${n}`)),
      },
    ],
  }),
  input("people", "People", { type: "multi_users_select" }),
  input("channels", "Channels", { type: "multi_channels_select" }),
  input("conversations", "Conversations", { type: "multi_conversations_select" }),
  input("radio", "Radio", { type: "radio_buttons", options: [one, two], initial_option: one }),
  input("boxes", "Boxes", {
    type: "checkboxes",
    options: [one, { ...two, description: plain("With more to say") }, three],
    initial_options: [two],
  }),
  richTextBlock,
];
