// What Slack would refuse in blocks and forms, by our own reading of docs.slack.dev (Block Kit
// reference, chat.postMessage, views.open); the totals of a message are measured (bolt-js #2867).

interface Node {
  readonly [key: string]: unknown;
}

/** Every limit that this message breaks, as `path: what is wrong`; empty: Slack takes it. */
export function messageFaults(message: { text: string; blocks: readonly unknown[] }): string[] {
  const faults = [
    ...lengthFaults("text", message.text, 1, 4000),
    ...blocksFaults(message.blocks, 50, messageBlocks),
  ];
  const total = totalText(message.blocks);
  if (total > 9000) faults.push(`blocks: ${total} characters of text, at most 9000`);
  const json = JSON.stringify(message.blocks).length;
  if (json > 15_600) faults.push(`blocks: ${json} characters of JSON, at most 15600`);
  return faults;
}

/** Every limit that this form breaks. */
export function modalFaults(view: Node): string[] {
  const blocks = asNodes(view["blocks"]);
  const faults = [
    ...(view["type"] === "modal" ? [] : ["type: not a modal"]),
    ...textFaults("title", view["title"], 24),
    ...("submit" in view ? textFaults("submit", view["submit"], 24) : []),
    ...("close" in view ? textFaults("close", view["close"], 24) : []),
    ...lengthFaults("callback_id", view["callback_id"], 1, 255),
    ...lengthFaults("private_metadata", view["private_metadata"] ?? "-", 1, 3000),
    ...blocksFaults(blocks, 100, modalBlocks),
  ];
  const hasInput = blocks.some((block) => block["type"] === "input");
  if (hasInput && !("submit" in view)) faults.push("submit: needed where there is an input");
  const bytes = Buffer.byteLength(JSON.stringify(view));
  if (bytes > 250_000) faults.push(`view: ${bytes} bytes, at most 250000`);
  return faults;
}

const messageBlocks = ["actions", "context", "divider", "header", "rich_text", "section"];
const modalBlocks = [...messageBlocks, "input"];

function blocksFaults(blocks: readonly unknown[], max: number, types: readonly string[]): string[] {
  const nodes = asNodes(blocks);
  const faults = nodes.flatMap((block, index) =>
    blockFaults(block, types).map((fault) => `/blocks/${index}/${fault}`),
  );
  if (nodes.length === 0 || nodes.length > max)
    faults.push(`/blocks: ${nodes.length}, 1 to ${max}`);
  const ids = nodes.flatMap((block) =>
    block["block_id"] === undefined ? [] : [block["block_id"]],
  );
  if (new Set(ids).size < ids.length) faults.push("/blocks: a block_id stands twice");
  return faults;
}

function blockFaults(block: Node, types: readonly string[]): string[] {
  const id = "block_id" in block ? lengthFaults("block_id", block["block_id"], 1, 255) : [];
  if (!types.includes(String(block["type"]))) return [...id, `type: ${String(block["type"])}`];
  switch (block["type"]) {
    case "section":
      return [...id, ...sectionFaults(block)];
    case "header":
      return [...id, ...textFaults("text", block["text"], 150, ["plain_text"])];
    case "context":
      return [
        ...id,
        ...listFaults("elements", block["elements"], 10, (e) => textFaults("text", e, 2000)),
      ];
    case "actions":
      return [...id, ...actionsFaults(block)];
    case "rich_text":
      return [...id, ...listFaults("elements", block["elements"], 50, richFaults)];
    case "input":
      return [
        ...id,
        ...textFaults("label", block["label"], 2000, ["plain_text"]),
        ...("hint" in block ? textFaults("hint", block["hint"], 2000, ["plain_text"]) : []),
        ...elementFaults(block["element"] as Node),
      ];
    default:
      return id;
  }
}

function sectionFaults(block: Node): string[] {
  if (!("text" in block) && !("fields" in block)) return ["section: neither text nor fields"];
  return [
    ...("text" in block ? textFaults("text", block["text"], 3000) : []),
    ...("fields" in block
      ? listFaults("fields", block["fields"], 10, (e) => textFaults("text", e, 2000))
      : []),
  ];
}

function actionsFaults(block: Node): string[] {
  const ids = asNodes(block["elements"]).map((element) => element["action_id"]);
  return [
    ...listFaults("elements", block["elements"], 25, elementFaults),
    ...(new Set(ids).size < ids.length ? ["elements: an action_id stands twice"] : []),
  ];
}

function richFaults(section: Node): string[] {
  return listFaults("elements", section["elements"], 50, (element) => [
    ...(element["type"] === "link" ? lengthFaults("url", element["url"], 1, 3000) : []),
    ...lengthFaults("text", element["text"], 1, 3000),
  ]);
}

function elementFaults(element: Node): string[] {
  const type = String(element["type"]);
  const faults = [
    ...lengthFaults("action_id", element["action_id"], 1, 255),
    ...("placeholder" in element
      ? textFaults("placeholder", element["placeholder"], 150, ["plain_text"])
      : []),
  ];
  switch (type) {
    case "button":
      return [
        ...faults,
        ...textFaults("text", element["text"], 75, ["plain_text"]),
        ...lengthFaults("value", element["value"], 1, 2000),
        ...lengthFaults("accessibility_label", element["accessibility_label"] ?? "-", 1, 75),
      ];
    case "plain_text_input":
      return [
        ...faults,
        ...lengthFaults("initial_value", element["initial_value"] ?? "-", 1, 3000),
      ];
    case "number_input":
      return [
        ...faults,
        ...(typeof element["is_decimal_allowed"] === "boolean"
          ? []
          : ["is_decimal_allowed: missing"]),
        ...(/^-?\d+$/.test(
          typeof element["initial_value"] === "string" ? element["initial_value"] : "0",
        )
          ? []
          : ["initial_value: no number"]),
      ];
    case "file_input":
      return [
        ...faults,
        ...("initial_files" in element ? ["initial_files: Slack knows none"] : []),
        ...(Number(element["max_files"] ?? 10) > 10 ? ["max_files: at most 10"] : []),
      ];
    case "static_select":
    case "multi_static_select":
      return [...faults, ...optionsFaults(element, 100)];
    case "checkboxes":
    case "radio_buttons":
      return [...faults, ...optionsFaults(element, 10)];
    case "users_select":
    case "conversations_select":
    case "datepicker":
    case "datetimepicker":
      return faults;
    default:
      return [...faults, `element: ${type}`];
  }
}

function optionsFaults(element: Node, max: number): string[] {
  const options = asNodes(element["options"]);
  const known = options.map((option) => JSON.stringify(option));
  const initial = [
    ...("initial_option" in element ? [element["initial_option"]] : []),
    ...("initial_options" in element ? (element["initial_options"] as unknown[]) : []),
  ];
  const values = options.map((option) => option["value"]);
  return [
    ...listFaults("options", options, max, (option) => [
      ...textFaults("text", option["text"], 75),
      ...lengthFaults("value", option["value"], 1, 150),
    ]),
    ...(new Set(values).size < values.length ? ["options: a value stands twice"] : []),
    ...("initial_options" in element && initial.length === 0 ? ["initial_options: empty"] : []),
    ...initial
      .filter((option) => !known.includes(JSON.stringify(option)))
      .map((option) => `initial: none of the options: ${JSON.stringify(option)}`),
  ];
}

function listFaults(
  path: string,
  value: unknown,
  max: number,
  faultsOf: (node: Node) => string[],
): string[] {
  const nodes = asNodes(value);
  return [
    ...(nodes.length === 0 || nodes.length > max ? [`${path}: ${nodes.length}, 1 to ${max}`] : []),
    ...nodes.flatMap((node, index) => faultsOf(node).map((fault) => `${path}/${index}/${fault}`)),
  ];
}

function textFaults(
  path: string,
  value: unknown,
  max: number,
  types: readonly string[] = ["plain_text", "mrkdwn"],
): string[] {
  const { type, text, verbatim } = (value ?? {}) as Node;
  return [
    ...(types.includes(String(type)) ? [] : [`${path}: type ${String(type)}`]),
    ...(type === "mrkdwn" && verbatim !== true ? [`${path}: markup that is not verbatim`] : []),
    ...(type === "mrkdwn" ? markupFaults(path, String(text)) : []),
    ...(typeof text === "string" && text.trim() === "" ? [`${path}: blank`] : []),
    ...lengthFaults(path, text, 1, max),
  ];
}

/** Markup may name people, groups, channels, dates and links; nothing may reach everybody, and no escape is cut. */
function markupFaults(path: string, text: string): string[] {
  const rest = text
    .replaceAll(/<@[UW][A-Z0-9]+>|<#[CG][A-Z0-9]+>|<!subteam\^S[A-Z0-9]+>/g, "")
    .replaceAll(/<!date\^\d+\^[^<>|]+\|[^<>|]+>|<https?:[^<>|]+\|[^<>|]+>/g, "")
    .replaceAll(/&(?:amp|lt|gt);/g, "");
  return /[<>&]/.test(rest)
    ? [`${path}: stray markup in ${JSON.stringify(rest.slice(0, 80))}`]
    : [];
}

function lengthFaults(path: string, value: unknown, min: number, max: number): string[] {
  if (typeof value !== "string") return [`${path}: not a text`];
  if (!value.isWellFormed()) return [`${path}: half a character`];
  const { length } = value;
  return length >= min && length <= max ? [] : [`${path}: ${length} characters, ${min} to ${max}`];
}

function totalText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + totalText(one), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, one]) =>
      sum +
      (typeof one === "string"
        ? key === "text" || key === "url"
          ? one.length
          : 0
        : totalText(one)),
    0,
  );
}

function asNodes(value: unknown): Node[] {
  return Array.isArray(value) ? (value as Node[]) : [];
}
