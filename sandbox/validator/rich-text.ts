import { flag, text } from "./objects.ts";
import type { ObjectShape, Shape } from "./shape.ts";

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. */

const style: Shape = {
  is: "object",
  optional: {
    bold: flag,
    italic: flag,
    strike: flag,
    code: flag,
    underline: flag,
    highlight: flag,
  },
};
const inline: Record<string, ObjectShape> = {
  // Only the total of the message limits it.
  text: { is: "object", required: { text: text(9_000) }, optional: { style } },
  link: {
    is: "object",
    required: { url: text(3_000) },
    optional: { text: { is: "string", min: 0, max: 3_000 }, unsafe: flag, style },
  },
  emoji: { is: "object", required: { name: text(255) }, optional: { unicode: text(255), style } },
  user: { is: "object", required: { user_id: text(255) }, optional: { style } },
  channel: { is: "object", required: { channel_id: text(255) }, optional: { style } },
  usergroup: { is: "object", required: { usergroup_id: text(255) }, optional: { style } },
  broadcast: {
    is: "object",
    required: { range: { is: "string", oneOf: ["here", "channel", "everyone"] } },
    optional: { style },
  },
  date: {
    is: "object",
    required: { timestamp: { is: "whole", min: 0 }, format: text(255) },
    optional: { url: text(3_000), fallback: text(3_000), style },
  },
  color: { is: "object", required: { value: text(255) } },
};
const inlines: Shape = { is: "list", of: { is: "typed", table: inline }, min: 0 };
const border: Shape = { is: "whole", min: 0, max: 1 };
const section: ObjectShape = { is: "object", required: { elements: inlines } };

const parts: Record<string, ObjectShape> = {
  rich_text_section: section,
  rich_text_list: {
    is: "object",
    required: {
      style: { is: "string", oneOf: ["bullet", "ordered"] },
      elements: { is: "list", of: { is: "typed", table: { rich_text_section: section } } },
    },
    optional: { indent: { is: "whole", min: 0, max: 8 }, offset: { is: "whole", min: 0 }, border },
  },
  rich_text_preformatted: {
    is: "object",
    required: { elements: inlines },
    optional: { border, language: text(255) },
  },
  rich_text_quote: { is: "object", required: { elements: inlines }, optional: { border } },
};

export const richTextParts: Shape = { is: "list", of: { is: "typed", table: parts } };
