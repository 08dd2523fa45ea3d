import type { KnownBlock } from "@slack/types";

/** A button as a person sees it in a message or a form. */
export interface SeenButton {
  actionId: string;
  blockId: string | undefined;
  value: string | undefined;
  label: string;
}

/** What a button's value points at, as far as it says: `{"i": incident, "s": strand, "l": [layers]}`. */
export interface SeenHint {
  incident: number | undefined;
  strand: number | undefined;
  layers: string[] | undefined;
}

/** Every button of these blocks, top to bottom. */
export function buttonsOf(blocks: readonly KnownBlock[]): SeenButton[] {
  return blocks.flatMap((block) => {
    const elements: unknown[] =
      block.type === "actions" ? block.elements : block.type === "section" ? [block.accessory] : [];
    return elements.flatMap((element) => {
      const button = element as
        | { type?: string; action_id?: string; value?: string; text?: { text: string } }
        | undefined;
      if (button?.type !== "button" || button.action_id === undefined) return [];
      const { action_id: actionId, value, text } = button;
      return [{ actionId, blockId: block.block_id, value, label: text?.text ?? actionId }];
    });
  });
}

/** An empty hint where the value is none of the bot's. */
export function hintOf(button: SeenButton): SeenHint {
  const raw = parseOrNull(button.value ?? "null") as {
    i?: number;
    s?: number;
    l?: string[];
  } | null;
  return { incident: raw?.i, strand: raw?.s, layers: raw?.l };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The options of the select in this block: value and text; none where there is no such block. */
export function optionsOf(
  blocks: readonly KnownBlock[],
  blockId: string,
): { value: string; text: string }[] {
  const block = blocks.find((candidate) => candidate.block_id === blockId);
  if (!block) return [];
  const elements: unknown[] =
    block.type === "input"
      ? [block.element]
      : block.type === "actions"
        ? block.elements
        : block.type === "section"
          ? [block.accessory]
          : [];
  return elements.flatMap((element) => {
    const select = element as {
      options?: RawOption[];
      option_groups?: { options: RawOption[] }[];
    } | null;
    const grouped = select?.option_groups?.flatMap((group) => group.options) ?? [];
    return [...(select?.options ?? []), ...grouped].map((option) => ({
      value: option.value ?? "",
      text: option.text.text,
    }));
  });
}
interface RawOption {
  value?: string;
  text: { text: string };
}

/** Every text that these blocks show, in order, as one piece a block element. */
export function textsOf(blocks: unknown): string[] {
  if (Array.isArray(blocks)) return blocks.flatMap(textsOf);
  if (typeof blocks !== "object" || blocks === null) return [];
  const node = blocks as Record<string, unknown>;
  const own = typeof node["text"] === "string" ? [node["text"]] : [];
  return [
    ...own,
    ...Object.entries(node)
      .filter(([key, value]) => key !== "text" || typeof value === "object")
      .flatMap(([, value]) => textsOf(value)),
  ];
}

/** Slack's mrkdwn as a person reads it: `&amp;` is `&`, `<url|words>` is the words, no stars. */
export function plain(text: string): string {
  return text
    .replaceAll(/<[^<>|]+\|([^<>]*)>/g, "$1")
    .replaceAll(/<(https?:[^<>]+)>/g, "$1")
    .replaceAll(/(^|\W)[*_~]([^*_~\n]+)[*_~](?=\W|$)/g, "$1$2")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** The first line of a text that is not empty. */
export function firstLine(text: string): string {
  return (
    text
      .split("\n")
      .map((line) => line.trim())
      .find((line) => line !== "") ?? ""
  );
}
