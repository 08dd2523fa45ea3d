import type { ObjectShape, Shape } from "./shape.ts";

/** Composition objects, https://docs.slack.dev/reference/block-kit/composition-objects. */

export const flag: Shape = { is: "flag" };
export const id: Shape = { is: "string", max: 255 };

/** A text of at most `max` characters; empty text is refused. */
export function text(max: number): Shape {
  return { is: "string", max };
}

/** A `plain_text` object. */
export function plainText(max: number): Shape {
  return { is: "typed", table: { plain_text: plainTextShape(max) } };
}

/** A text object of either kind. */
export function anyText(max: number): Shape {
  return { is: "typed", table: textTable(max) };
}

/** The two kinds of text objects, for a table that holds other things too (context). */
export function textTable(max: number): Record<string, ObjectShape> {
  return {
    plain_text: plainTextShape(max),
    mrkdwn: { is: "object", required: { text: text(max) }, optional: { verbatim: flag } },
  };
}

function plainTextShape(max: number): ObjectShape {
  return { is: "object", required: { text: text(max) }, optional: { emoji: flag } };
}

const optionFields = { value: text(150) };
export const option: Shape = {
  is: "object",
  required: { text: plainText(75), ...optionFields },
  optional: { description: plainText(75) },
};
/** Checkboxes and radio buttons take mrkdwn too. */
export const richOption: Shape = {
  is: "object",
  required: { text: anyText(75), ...optionFields },
  optional: { description: anyText(75) },
};
export const overflowOption: Shape = {
  is: "object",
  required: { text: plainText(75), ...optionFields },
  optional: { description: plainText(75), url: text(3_000) },
};
export const optionGroup: Shape = {
  is: "object",
  required: { label: plainText(75), options: { is: "list", of: option, max: 100 } },
};

export const confirm: Shape = {
  is: "object",
  required: {
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
  },
  optional: { style: { is: "string", oneOf: ["primary", "danger"] } },
};

export const dispatchConfig: Shape = {
  is: "object",
  optional: {
    trigger_actions_on: {
      is: "list",
      of: { is: "string", oneOf: ["on_enter_pressed", "on_character_entered"] },
    },
  },
};
