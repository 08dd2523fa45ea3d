import type { Given } from "./surface.ts";
import { type Valued, valuedElement } from "./values.ts";

type Values = Readonly<Record<string, Given>>;

/** A form as far as its fields go. */
export interface FormVersion {
  id: string;
  hash: string;
  blocks: readonly object[];
  values: Values;
}

/** What a person has put into an open form and has not sent yet. */
export interface Draft {
  of: Pick<FormVersion, "id" | "hash">;
  values: Values;
  /** What the app's form had, and what the app has been told since: neither is a wish to change a field. */
  known: Readonly<Record<string, readonly Given[]>>;
  /** block_id → kind and action_id of what holds its value. */
  held: Readonly<Record<string, string>>;
}

/** The form as it is opened. */
export function newDraft(view: FormVersion): Draft {
  return {
    of: { id: view.id, hash: view.hash },
    values: view.values,
    known: Object.fromEntries(Object.entries(view.values).map(([id, value]) => [id, [value]])),
    held: heldIn(view),
  };
}

/** The draft with this filled in. */
export function fill(draft: Draft, blockId: string, value: Given): Draft {
  return { ...draft, values: { ...draft.values, [blockId]: value } };
}

/** The draft after these values were sent along with an action. */
export function noteSent(draft: Draft, sent: Values): Draft {
  const known = { ...draft.known };
  for (const [blockId, value] of Object.entries(sent)) {
    known[blockId] = [...(known[blockId] ?? []), value];
  }
  return { ...draft, known };
}

/**
 * The draft in the next version of its form. What is typed stays where block_id and action_id stay,
 * as in Slack, unless the form brings a value that it had from nobody here.
 */
export function carryOver(draft: Draft, view: FormVersion): Draft {
  const next = newDraft(view);
  if (draft.of.id !== view.id) return next;
  const values = { ...next.values };
  for (const [blockId, value] of Object.entries(view.values)) {
    const isSameField = draft.held[blockId] === next.held[blockId];
    const isNews = !(draft.known[blockId] ?? []).some((known) => isSame(known, value));
    const typed = draft.values[blockId];
    if (isSameField && !isNews && typed !== undefined) values[blockId] = typed;
  }
  return { ...next, values };
}

/** The draft's values for the fields that the form has now. */
export function valuesOf(draft: Draft): Record<string, Given> {
  return Object.fromEntries(
    Object.keys(draft.held).map((blockId) => [blockId, draft.values[blockId] ?? null]),
  );
}

function heldIn({ blocks }: FormVersion): Record<string, string> {
  const found = blocks
    .map((block): [string, Valued | undefined] => [
      String((block as { block_id?: string }).block_id),
      valuedElement(block),
    ])
    .filter((one): one is [string, Valued] => one[1] !== undefined);
  return Object.fromEntries(
    found.map(([blockId, { type, action_id: actionId }]) => [blockId, `${type} ${actionId}`]),
  );
}

function isSame(a: Given, b: Given): boolean {
  const plain = (value: Given) =>
    JSON.stringify(value === "" || (Array.isArray(value) && value.length === 0) ? null : value);
  return plain(a) === plain(b);
}
