/** What a person filled in, by block_id; `null` where it was left blank. Every input has one element. */
export type Values = Readonly<Record<string, FieldValue>>;
export type FieldValue = string | readonly string[] | null;

/** Slack's `view.state.values` (block_id → action_id → element state), as far as we read it. */
export type SlackStateValues = Record<string, Record<string, SlackElementState>>;
export interface SlackElementState {
  type: string;
  value?: string | null;
  selected_option?: { value: string } | null;
  selected_options?: { value: string }[] | null;
  selected_user?: string | null;
  selected_users?: string[] | null;
  selected_conversation?: string | null;
  selected_date?: string | null;
  selected_date_time?: number | null;
  files?: { id: string; name?: string | null; size?: number }[] | null;
}

/**
 * One value for each input block: the text, the chosen option's value, the chosen user or channel, `yyyy-MM-dd`,
 * or seconds since 1970 for a date and time as decimal text; a list where several may be chosen. A file is
 * JSON text with its id, name and size in bytes.
 */
export function readValues(state: SlackStateValues): Values {
  const values: Record<string, FieldValue> = {};
  for (const [blockId, elements] of Object.entries(state)) {
    const element = Object.values(elements)[0];
    if (element) values[blockId] = readElement(element);
  }
  return values;
}

function readElement(element: SlackElementState): FieldValue {
  if (element.selected_options) return element.selected_options.map((option) => option.value);
  if (element.selected_users) return element.selected_users;
  if (element.files) {
    return element.files.map(({ id, name, size }) => JSON.stringify({ id, name, size }));
  }
  if (element.selected_option) return element.selected_option.value;
  if (element.selected_user) return element.selected_user;
  if (element.selected_conversation) return element.selected_conversation;
  if (element.selected_date) return element.selected_date;
  if (element.selected_date_time != null) return String(element.selected_date_time);
  return element.value ?? null;
}

/** The text of a field, or null where it is missing or a list. */
export function textOf(values: Values, blockId: string): string | null {
  const value = values[blockId];
  return typeof value === "string" ? value : null;
}

/** The chosen values of a field, empty where nothing was chosen. */
export function listOf(values: Values, blockId: string): readonly string[] {
  const value = values[blockId];
  if (value == null) return [];
  return typeof value === "string" ? [value] : value;
}
