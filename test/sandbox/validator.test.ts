// Goal: every limit of Block Kit that the product can meet is held, on both of its sides.
// Method: a table of good and bad payloads; a bad one names what is wrong, and where.
import { describe, expect, test } from "vitest";
import {
  checkFieldErrors,
  checkHome,
  checkMessage,
  checkOfferedOptions,
  checkView,
} from "#sandbox/validator/check.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const x = (length: number) => "x".repeat(length);
const option = (value: string, text = value) => ({ text: plain(text), value });
const options = (count: number) => Array.from({ length: count }, (_, at) => option(`v${at}`));
const section = (more: object = {}) => ({ type: "section", text: mrkdwn("x"), ...more });
const button = (more: object = {}) => ({
  type: "button",
  text: plain("Go"),
  action_id: "go",
  ...more,
});
const actions = (...elements: object[]) => ({ type: "actions", elements });
const input = (element: object, more: object = {}) => ({
  type: "input",
  label: plain("Title"),
  element,
  ...more,
});
const select = (more: object = {}) => ({ type: "static_select", options: options(2), ...more });
const times = (count: number, block: object) => Array.from({ length: count }, () => block);
const rich = (...elements: object[]) => ({ type: "rich_text", elements });

describe.each<[string, object, string | undefined]>([
  // Texts.
  ["a section at its limit", section({ text: mrkdwn(x(3_000)) }), undefined],
  ["a section over it", section({ text: mrkdwn(x(3_001)) }), "/text/text: longer than 3000"],
  ["an empty text", section({ text: mrkdwn("") }), "/text/text: empty"],
  ["a section of nothing", { type: "section" }, ": needs text or fields"],
  ["fields", { type: "section", fields: times(10, mrkdwn(x(800))) }, undefined],
  [
    "too many fields",
    { type: "section", fields: times(11, mrkdwn("x")) },
    "/fields: more than 10 items",
  ],
  [
    "a field too long",
    { type: "section", fields: [mrkdwn(x(2_001))] },
    "/fields/0/text: longer than 2000",
  ],
  ["a header", { type: "header", text: plain(x(150)) }, undefined],
  ["a header too long", { type: "header", text: plain(x(151)) }, "/text/text: longer than 150"],
  [
    "a header of mrkdwn",
    { type: "header", text: mrkdwn("x") },
    '/text/type: "mrkdwn" is not allowed',
  ],
  [
    "emoji in mrkdwn",
    section({ text: { ...mrkdwn("x"), emoji: true } }),
    "/text/emoji: Slack does not know",
  ],
  ["verbatim mrkdwn", section({ text: { ...mrkdwn("x"), verbatim: true } }), undefined],
  // Blocks.
  ["a block of no kind", { type: "sections" }, '/type: "sections" is not allowed'],
  ["a field of no block", section({ txet: "x" }), "/txet: Slack does not know this field here"],
  ["a divider", { type: "divider", block_id: x(255) }, undefined],
  ["a block_id too long", { type: "divider", block_id: x(256) }, "/block_id: longer than 255"],
  ["a context", { type: "context", elements: times(10, mrkdwn("x")) }, undefined],
  [
    "a context too full",
    { type: "context", elements: times(11, mrkdwn("x")) },
    "/elements: more than 10",
  ],
  ["an image", { type: "image", image_url: "https://x", alt_text: "x" }, undefined],
  ["an image without words", { type: "image", image_url: "https://x" }, "/alt_text: missing"],
  ["markdown in a message", { type: "markdown", text: x(8_000) }, undefined],
  [
    "a list in rich text",
    rich({ type: "rich_text_section", elements: [{ type: "text", text: "x" }] }),
    undefined,
  ],
  [
    "an empty run",
    rich({ type: "rich_text_section", elements: [{ type: "text", text: "" }] }),
    "text: empty",
  ],
  [
    "a run of no kind",
    rich({ type: "rich_text_section", elements: [{ type: "bold" }] }),
    '"bold" is not allowed',
  ],
  // Elements.
  ["a button", actions(button({ value: x(2_000), style: "danger" })), undefined],
  [
    "a button too long",
    actions(button({ text: plain(x(76)) })),
    "/elements/0/text/text: longer than 75",
  ],
  ["a button's value", actions(button({ value: x(2_001) })), "/elements/0/value: longer than 2000"],
  ["a button's style", actions(button({ style: "default" })), '/style: "default" is not one of'],
  [
    "a full row",
    actions(...times(25, {}).map((_, at) => button({ action_id: `a${at}` }))),
    undefined,
  ],
  [
    "a row too full",
    actions(...times(26, {}).map((_, at) => button({ action_id: `a${at}` }))),
    "more than 25",
  ],
  ["an empty row", actions(), "/elements: fewer than 1"],
  ["one action_id twice", actions(button(), button()), '/elements/1/action_id: "go" is used twice'],
  [
    "a text field in a row",
    actions({ type: "plain_text_input" }),
    '"plain_text_input" is not allowed',
  ],
  ["an option", actions(select({ options: [option(x(150), x(75))] })), undefined],
  [
    "an option's text",
    actions(select({ options: [option("v", x(76))] })),
    "/options/0/text/text: longer",
  ],
  [
    "an option's value",
    actions(select({ options: [option(x(151), "t")] })),
    "/options/0/value: longer",
  ],
  ["100 options", actions(select({ options: options(100) })), undefined],
  ["101 options", actions(select({ options: options(101) })), "/options: more than 100"],
  ["no options", actions({ type: "static_select" }), "needs options or option_groups"],
  [
    "one value twice",
    actions(select({ options: [option("a", "1"), option("a", "2")] })),
    "used twice",
  ],
  ["a known start", actions(select({ initial_option: option("v1") })), undefined],
  [
    "an unknown start",
    actions(select({ initial_option: option("v1", "V1") })),
    "not exactly one of",
  ],
  ["5 in a menu", actions({ type: "overflow", options: options(5) }), undefined],
  ["6 in a menu", actions({ type: "overflow", options: options(6) }), "/options: more than 5"],
  ["11 boxes", actions({ type: "checkboxes", options: options(11) }), "/options: more than 10"],
  [
    "11 radio buttons",
    actions({ type: "radio_buttons", options: options(11) }),
    "/options: more than 10",
  ],
  [
    "an unknown box ticked",
    actions({ type: "checkboxes", options: options(2), initial_options: [option("v7")] }),
    "/initial_options/0: not exactly one of",
  ],
  ["a date", actions({ type: "datepicker", initial_date: "2026-11-21" }), undefined],
  ["a date in words", actions({ type: "datepicker", initial_date: "today" }), "has the wrong form"],
  ["a file", input({ type: "file_input", filetypes: ["csv"], max_files: 10 }), undefined],
  ["too many files", input({ type: "file_input", max_files: 11 }), "more than 10"],
  [
    "a file put in beforehand",
    input({ type: "file_input", initial_files: ["F1"] }),
    "Slack does not know this field here",
  ],
  ["a file outside an input", actions({ type: "file_input" }), "is not allowed"],
  [
    "a time in ms",
    actions({ type: "datetimepicker", initial_date_time: 1_763_700_000_000 }),
    "more than",
  ],
  [
    "a confirmation too long",
    actions(
      button({
        confirm: { title: plain("x"), text: plain(x(301)), confirm: plain("x"), deny: plain("x") },
      }),
    ),
    "/confirm/text/text: longer than 300",
  ],
])("%s", (_name, block, problem) => {
  test(problem === undefined ? "is accepted" : "is refused", () => {
    const { error, problems } = checkMessage({ text: "x", blocks: [block] });
    if (problem === undefined) {
      expect(problems).toEqual([]);
      expect(error).toBeUndefined();
    } else {
      expect(problems.join("\n")).toContain(problem);
      expect(problems.join("\n")).toContain("/blocks/0");
      expect(error).toBe("invalid_blocks");
    }
  });
});

test("a message holds 50 blocks and about 9,000 characters, and a sentence beside them", () => {
  const of = (blocks: object[], text: unknown = "x") => checkMessage({ text, blocks });
  expect(of(times(50, section()))).toEqual({ problems: [] });
  expect(of(times(51, section())).problems).toEqual(["/blocks: more than 50 items"]);
  expect(of(times(3, section({ text: mrkdwn(x(3_000)) }))).problems).toEqual([]);
  expect(of(times(4, section({ text: mrkdwn(x(2_251)) })))).toEqual({
    error: "msg_blocks_too_long",
    problems: ["/blocks: 9004 characters of text, more than 9000"],
  });
  expect(of(times(2, { type: "markdown", text: x(6_001) })).problems).toEqual([
    "/blocks: markdown text longer than 12000 in all",
  ]);
  expect(of([section({ block_id: "a" }), section({ block_id: "a" })]).problems).toEqual([
    '/blocks/1/block_id: "a" is used twice',
  ]);
  expect(of([section()], " ").problems).toEqual([
    "/text: missing beside blocks; screen readers read only this text",
  ]);
  expect(checkMessage({ text: "x", blocks: "[" })).toMatchObject({
    error: "invalid_blocks_format",
  });
  expect(checkMessage({ text: "x" })).toEqual({ problems: [] });
});

const field = input({ type: "plain_text_input", action_id: "a" }, { block_id: "title" });
const modal = (more: object = {}) => ({
  type: "modal",
  title: plain("Title"),
  submit: plain("Save"),
  blocks: [field],
  ...more,
});

test.each<[object, string | undefined]>([
  [modal(), undefined],
  [modal({ blocks: [...times(99, section()), field], private_metadata: x(3_000) }), undefined],
  [modal({ blocks: [...times(100, section()), field] }), "/blocks: more than 100"],
  [modal({ submit: undefined }), "/submit: missing"],
  [modal({ submit: undefined, blocks: [section()] }), undefined],
  [modal({ title: plain(x(25)) }), "/title/text: longer than 24"],
  [modal({ title: undefined }), "/title: missing"],
  [modal({ close: mrkdwn("x") }), '/close/type: "mrkdwn" is not allowed'],
  [modal({ private_metadata: x(3_001) }), "/private_metadata: longer than 3000"],
  [modal({ callback_id: x(256) }), "/callback_id: longer than 255"],
  [modal({ blocks: [field, field] }), '/blocks/1/block_id: "title" is used twice'],
  [modal({ blocks: [{ type: "markdown", text: "x" }] }), '"markdown" is not allowed'],
  [modal({ blocks: [input({ type: "button", text: plain("x") })] }), '"button" is not allowed'],
  [modal({ blocks: [{ ...field, label: undefined }] }), "/label: missing"],
  [modal({ blocks: [input({ type: "plain_text_input", max_length: 3_001 })] }), "more than 3000"],
  [
    modal({ blocks: [input({ type: "plain_text_input", max_length: 2, initial_value: "xxx" })] }),
    "/initial_value: longer than max_length 2",
  ],
  [
    modal({ blocks: times(2, input({ type: "plain_text_input", focus_on_load: true })) }),
    "more than one element has focus_on_load",
  ],
  [{ ...modal(), type: "home" }, '/type: "home" is not allowed'],
])("a form is checked as a whole %#", (view, problem) => {
  const { error, problems } = checkView(view);
  if (problem === undefined) expect({ error, problems }).toEqual({ problems: [] });
  else {
    expect(problems.join("\n")).toContain(problem);
    expect(error).toBe("invalid_arguments");
  }
});

test("a form larger than Slack takes is refused, and field errors stand at input blocks only", () => {
  const large = modal({ blocks: times(90, section({ text: mrkdwn("ü".repeat(2_000)) })) });
  expect(checkView(large)).toMatchObject({ error: "view_too_large" });
  const form = modal({ blocks: [field, section({ block_id: "words" })] });
  expect(checkFieldErrors({ title: "Say what." }, form)).toEqual([]);
  expect(checkFieldErrors({ words: "x", title: "" }, form)).toEqual([
    "/errors/words: not an input block of this form",
    "/errors/title: empty",
  ]);
  expect(checkFieldErrors({}, form)).toEqual(["/errors: missing or empty"]);
});

describe.each<[string, object, string | undefined]>([
  ["a Home", { blocks: times(100, section()) }, undefined],
  ["a Home with a field and no submit", { blocks: [input(select())] }, undefined],
  ["a Home of too many blocks", { blocks: times(101, section()) }, "/blocks: more than 100 items"],
  [
    "a Home with a title",
    { title: plain("Home"), blocks: [section()] },
    "/title: Slack does not know",
  ],
  [
    "a Home that remembers too much",
    { private_metadata: x(3_001), blocks: [section()] },
    "/private_metadata: longer than 3000",
  ],
  [
    "a button too long in it",
    { blocks: [actions(button({ text: plain(x(76)) }))] },
    "longer than 75",
  ],
  ["something else", { type: "modal", blocks: [section()] }, '/type: "modal" is not allowed'],
])("%s", (_name, more, problem) => {
  test(problem === undefined ? "is published" : "is refused", () => {
    const { error, problems } = checkHome({ type: "home", ...more });
    expect(problems).toEqual(problem === undefined ? [] : [expect.stringContaining(problem)]);
    expect(error).toBe(problem === undefined ? undefined : "invalid_arguments");
  });
});

test("a list that the app fills takes options or groups, an empty list too, and no value twice", () => {
  const groups = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ label: plain("G"), options: [option(`v${at}`)] }));
  expect(checkOfferedOptions({ options: options(100) })).toEqual([]);
  expect(checkOfferedOptions({ options: [] })).toEqual([]);
  expect(checkOfferedOptions({ option_groups: groups(100) })).toEqual([]);
  expect(checkOfferedOptions({ options: options(101) })).toEqual(["/options: more than 100 items"]);
  expect(checkOfferedOptions({ options: [option("a"), option("a", "b")] })).toEqual([
    "/options: a value is used twice",
  ]);
  expect(checkOfferedOptions({})).toEqual([": needs options or option_groups"]);
  expect(checkOfferedOptions(undefined)).toEqual([": not an object"]);
  expect(
    checkView({
      type: "modal",
      title: plain("Pick"),
      submit: plain("Save"),
      blocks: [
        input({ type: "external_select", min_query_length: 0, initial_option: option("a") }),
      ],
    }),
  ).toEqual({ problems: [] });
});
