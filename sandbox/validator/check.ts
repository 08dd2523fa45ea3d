import { isJson, type Json, objectsOf } from "#sandbox/json.ts";
import {
  maxMarkdownText,
  maxMessageBlocksText,
  maxMessageText,
  homeView,
  maxViewBytes,
  messageBlocks,
  modalView,
} from "./blocks.ts";
import { choices } from "./elements.ts";
import { allOptions, checkElement, checkUniqueIds } from "./relations.ts";
import { checkShape, type Shape } from "./shape.ts";

/** What is wrong with a payload, by what Slack would answer. Both lists are empty where all is well. */
export interface Verdict {
  /** Slack refuses the payload: `invalid_blocks`, `msg_blocks_too_long`, `invalid_arguments`, …. */
  error?: string;
  /** "<JSON pointer>: <what is wrong>", also of what Slack would let pass but we do not. */
  problems: string[];
}

/**
 * Checks what a message carries against https://docs.slack.dev/reference/block-kit and the measured
 * total. Blocks without a top-level `text` are a fault of ours (screen readers read only that text);
 * Slack itself only warns.
 */
export function checkMessage(message: { text?: unknown; blocks?: unknown }): Verdict {
  const blocks = message.blocks;
  if (blocks === undefined || blocks === null) return checkText(message.text);
  if (!Array.isArray(blocks)) {
    return { error: "invalid_blocks_format", problems: ["/blocks: not a list"] };
  }
  const structure = [
    ...checkShape(blocks, messageBlocks, "/blocks"),
    ...checkBlocks(objectsOf(blocks)),
    ...checkMarkdown(objectsOf(blocks)),
  ];
  const hasText = typeof message.text === "string" && message.text.trim() !== "";
  const missing =
    hasText || blocks.length === 0
      ? []
      : ["/text: missing beside blocks; screen readers read only this text"];
  if (structure.length > 0)
    return { error: "invalid_blocks", problems: [...structure, ...missing] };
  const total = textTotal(blocks);
  if (total > maxMessageBlocksText) {
    const problem = `/blocks: ${total} characters of text, more than ${maxMessageBlocksText}`;
    return { error: "msg_blocks_too_long", problems: [problem, ...missing] };
  }
  return { problems: [...missing, ...checkText(message.text).problems] };
}

/** Checks a modal, https://docs.slack.dev/reference/views/modal-views. */
export function checkView(view: unknown): Verdict {
  const { error, problems } = checkSurface(view, modalView);
  const hasInput = isJson(view) && objectsOf(view["blocks"]).some(({ type }) => type === "input");
  if (error === "view_too_large" || !hasInput || view["submit"] !== undefined) {
    return error === undefined ? { problems } : { error, problems };
  }
  const missing = "/submit: missing, although the form has input blocks";
  return { error: "invalid_arguments", problems: [...problems, missing] };
}

/** Checks the Home of a person, https://docs.slack.dev/reference/views/home-tab-views. */
export function checkHome(view: unknown): Verdict {
  return checkSurface(view, homeView);
}

function checkSurface(view: unknown, shape: Shape): Verdict {
  if (!isJson(view)) return { error: "invalid_arguments", problems: [": not a view"] };
  if (Buffer.byteLength(JSON.stringify(view)) > maxViewBytes) {
    return { error: "view_too_large", problems: [`: larger than ${maxViewBytes} bytes`] };
  }
  const blocks = objectsOf(view["blocks"]);
  const problems = [...checkShape(view, shape, ""), ...checkBlocks(blocks)];
  const focused = JSON.stringify(blocks).split('"focus_on_load":true').length - 1;
  if (focused > 1) problems.push("/blocks: more than one element has focus_on_load");
  return problems.length > 0 ? { error: "invalid_arguments", problems } : { problems };
}

/** Faults of `response_action: errors`: its keys are block_ids of input blocks, its values sentences. */
export function checkFieldErrors(errors: unknown, view: Json): string[] {
  if (!isJson(errors) || Object.keys(errors).length === 0) return ["/errors: missing or empty"];
  const inputs = new Set(
    objectsOf(view["blocks"])
      .filter((block) => block["type"] === "input")
      .map((block) => block["block_id"]),
  );
  return Object.entries(errors).flatMap(([blockId, sentence]) => {
    if (!inputs.has(blockId)) return [`/errors/${blockId}: not an input block of this form`];
    return checkShape(sentence, { is: "string", max: 3_000 }, `/errors/${blockId}`);
  });
}

/**
 * Faults of the answer to a block_suggestion: `options` or `option_groups`, of which an empty list is
 * fine. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select
 */
export function checkOfferedOptions(answer: unknown): string[] {
  const { options, option_groups: groups } = choices;
  const shape: Shape = {
    is: "object",
    optional: { options: { ...options, min: 0 }, option_groups: { ...groups, min: 0 } },
    oneOfFields: ["options", "option_groups"],
    exclusiveFields: ["options", "option_groups"],
  };
  const problems = checkShape(answer, shape, "");
  if (!isJson(answer)) return problems;
  const values = allOptions(answer).map((option) => option["value"]);
  if (new Set(values).size < values.length) problems.push("/options: a value is used twice");
  return problems;
}

function checkText(text: unknown): Verdict {
  if (typeof text !== "string" || text.length <= maxMessageText) return { problems: [] };
  return { problems: [`/text: longer than ${maxMessageText}; Slack cuts it`] };
}

function checkBlocks(blocks: Json[]): string[] {
  const problems = checkUniqueIds(blocks);
  blocks.forEach((block, index) => {
    for (const [field, value] of Object.entries(block)) {
      const pointer = `/blocks/${index}/${field}`;
      if (isJson(value)) problems.push(...checkElement(value, pointer));
      objectsOf(value).forEach((item, at) =>
        problems.push(...checkElement(item, `${pointer}/${at}`)),
      );
    }
  });
  return problems;
}

function checkMarkdown(blocks: Json[]): string[] {
  const texts = blocks.filter((block) => block["type"] === "markdown").map(textTotal);
  const total = texts.reduce((sum, length) => sum + length, 0);
  return total > maxMarkdownText
    ? [`/blocks: markdown text longer than ${maxMarkdownText} in all`]
    : [];
}

/** Characters of every text in the payload. */
function textTotal(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textTotal(item), 0);
  if (!isJson(value)) return 0;
  return Object.entries(value).reduce((sum, [field, item]) => {
    if (field === "text" && typeof item === "string") return sum + item.length;
    return sum + textTotal(item);
  }, 0);
}
