import { inActions, inContext, inInput, inSection } from "./elements.ts";
import { anyText, flag, id, plainText, text, textTable } from "./objects.ts";
import { richTextParts } from "./rich-text.ts";
import type { ObjectShape, Shape } from "./shape.ts";

/**
 * Blocks and their limits, https://docs.slack.dev/reference/block-kit/blocks. A block that Slack has
 * and that is not listed here is refused: add it with its limits when the bot needs it.
 */

function block(required: Record<string, Shape>, optional: Record<string, Shape> = {}): ObjectShape {
  return { is: "object", required, optional: { block_id: id, ...optional } };
}

const everywhere: Record<string, ObjectShape> = {
  section: {
    ...block(
      {},
      {
        text: anyText(3_000),
        fields: { is: "list", of: anyText(2_000), max: 10 },
        accessory: { is: "typed", table: inSection },
        expand: flag,
      },
    ),
    oneOfFields: ["text", "fields"],
  },
  header: block({ text: plainText(150) }, { level: { is: "whole", min: 1, max: 4 } }),
  divider: block({}),
  image: {
    ...block(
      { alt_text: text(2_000) },
      {
        image_url: text(3_000),
        slack_file: { is: "object", optional: { id, url: text(3_000) } },
        title: plainText(2_000),
      },
    ),
    oneOfFields: ["image_url", "slack_file"],
  },
  context: block({
    elements: {
      is: "list",
      max: 10,
      // Text of a context has no limit of its own in the docs; a section's is kept to.
      of: { is: "typed", table: { ...textTable(3_000), ...inContext } },
    },
  }),
  actions: block({ elements: { is: "list", max: 25, of: { is: "typed", table: inActions } } }),
  input: block(
    { label: plainText(2_000), element: { is: "typed", table: inInput } },
    { hint: plainText(2_000), optional: flag, dispatch_action: flag },
  ),
  rich_text: block({ elements: richTextParts }),
};

/** What a message may hold. */
export const messageBlocks: Shape = {
  is: "list",
  min: 0,
  max: 50,
  of: { is: "typed", table: { ...everywhere, markdown: block({ text: text(12_000) }) } },
};

const viewBlocks: Shape = { is: "list", max: 100, of: { is: "typed", table: everywhere } };

/** https://docs.slack.dev/reference/views/modal-views */
export const modalView: Shape = {
  is: "typed",
  table: {
    modal: {
      is: "object",
      required: { title: plainText(24), blocks: viewBlocks },
      optional: {
        submit: plainText(24),
        close: plainText(24),
        callback_id: id,
        external_id: id,
        private_metadata: { is: "string", min: 0, max: 3_000 },
        clear_on_close: flag,
        notify_on_close: flag,
        submit_disabled: flag,
      },
    },
  },
};

/** https://docs.slack.dev/reference/views/home-tab-views */
export const homeView: Shape = {
  is: "typed",
  table: {
    home: {
      is: "object",
      required: { blocks: viewBlocks },
      optional: {
        callback_id: id,
        external_id: id,
        private_metadata: { is: "string", min: 0, max: 3_000 },
      },
    },
  },
};

/** Sum of the text of a message's blocks; above about 11,000 Slack answers `msg_blocks_too_long`. */
export const maxMessageBlocksText = 9_000;
export const maxMarkdownText = 12_000;
export const maxMessageText = 40_000;
export const maxViewBytes = 250_000;
