import type { KnownBlock, ModalView, PlainTextElement } from "@slack/types";

/**
 * A form as Slack sends it back with a submission or a press (docs.slack.dev, view interaction payloads):
 * its blocks as we sent them, and what was filled in by block_id and action_id.
 */
export interface OpenForm {
  callback_id: string;
  private_metadata: string;
  title: PlainTextElement;
  submit?: PlainTextElement | null;
  close?: PlainTextElement | null;
  blocks: readonly { type: string; block_id?: string }[];
  state: { values: Readonly<Record<string, Readonly<Record<string, object>>>> };
}

/** A block or element, of which only the keys that are filled in are looked at. */
type Json = Record<string, unknown>;

/** What Slack calls what was filled in, and what the same is called when we send it. */
const initialOf = {
  value: "initial_value",
  rich_text_value: "initial_value",
  selected_option: "initial_option",
  selected_options: "initial_options",
  selected_user: "initial_user",
  selected_users: "initial_users",
  selected_date: "initial_date",
  selected_time: "initial_time",
  selected_date_time: "initial_date_time",
  selected_channel: "initial_channel",
  selected_channels: "initial_channels",
  selected_conversation: "initial_conversation",
  selected_conversations: "initial_conversations",
} as const;

/**
 * The same form with everything that was filled in, and these blocks on top in place of an earlier
 * refusal. `typed`: what one field holds instead; its action_id changes, because Slack keeps what
 * stands in a field as long as block_id and action_id stay.
 */
export function redrawForm(
  form: OpenForm,
  changes: { onTop: readonly KnownBlock[]; typed?: { field: string; text: string } },
): ModalView {
  const kept = form.blocks.filter((block) => !isOfRefusal(block.block_id));
  const blocks = kept.map((block) => filledIn(block, form, changes.typed));
  return {
    type: "modal",
    callback_id: form.callback_id,
    private_metadata: form.private_metadata,
    title: form.title,
    ...(form.submit ? { submit: form.submit } : {}),
    ...(form.close ? { close: form.close } : {}),
    blocks: [...changes.onTop, ...(blocks as unknown as KnownBlock[])],
  };
}

/** Whether the form asks for a text under this block_id. */
export function hasTextField(form: OpenForm, field: string): boolean {
  return form.blocks.some(
    (block) => block.block_id === field && elementOf(block)?.["type"] === "plain_text_input",
  );
}

/** What stands in a field of text now; null where nothing does. */
export function typedIn(form: OpenForm, field: string): string | null {
  const [state] = Object.values(form.state.values[field] ?? {});
  return state && "value" in state && typeof state.value === "string" ? state.value : null;
}

/** The block_ids of a refusal and what goes with it (modals/refusal-blocks.ts). */
function isOfRefusal(blockId: string | undefined): boolean {
  return /^refusal[:-]/.test(blockId ?? "");
}

function elementOf(block: object): Json | undefined {
  return "element" in block ? (block.element as Json) : undefined;
}

function filledIn(
  block: { type: string; block_id?: string },
  form: OpenForm,
  typed: { field: string; text: string } | undefined,
): object {
  const states = form.state.values[block.block_id ?? ""];
  if (!states) return block;
  const fill = (element: Json): Json => {
    const state = states[String(element["action_id"])];
    if (!state) return element;
    const filled = withState(element, state as Json);
    if (typed === undefined || block.block_id !== typed.field) return filled;
    return { ...filled, action_id: nextActionId(element), initial_value: typed.text };
  };
  const all = block as Json;
  return {
    ...block,
    ...("element" in all ? { element: fill(all["element"] as Json) } : {}),
    ...("accessory" in all ? { accessory: fill(all["accessory"] as Json) } : {}),
    ...("elements" in all ? { elements: (all["elements"] as Json[]).map(fill) } : {}),
  };
}

/** The element with what it holds now as what it holds at first; emptied, it is drawn empty. */
function withState(element: Json, state: Json): Json {
  const kept = Object.entries(element).filter(([key]) => !key.startsWith("initial_"));
  const filled: Json = Object.fromEntries(kept);
  for (const [key, initial] of Object.entries(initialOf)) {
    const value = state[key];
    const isEmpty = value == null || value === "" || (Array.isArray(value) && value.length === 0);
    if (!isEmpty) filled[initial] = value;
  }
  return filled;
}

/** `text`, `text~1`, `text~2` … */
function nextActionId(element: Json): string {
  const [base = "", count = "0"] = String(element["action_id"]).split("~");
  return `${base}~${Number(count) + 1}`;
}
