import { type Json, objectsOf, textOf } from "#sandbox/json.ts";
import { allOptions } from "#sandbox/validator/relations.ts";

/** An element's part of `view.state.values`. */
export type ElementState = Json & { type: string };
/** What a person put in: text, an option's value, an id, a date; a list where several may be chosen. */
export type Given = string | string[] | null;

interface Kind {
  /** Field of the state → field of the element that fills it in beforehand. */
  state: string;
  initial: string;
  isList: boolean;
  /** The element's options are what can be chosen. */
  hasOptions: boolean;
}

function kind(state: string, initial: string, flags: Partial<Kind> = {}): Kind {
  return { state, initial, isList: false, hasOptions: false, ...flags };
}

/** Elements that hold what a person gives, https://docs.slack.dev/reference/views/view-submission. */
const kinds: Readonly<Record<string, Kind>> = {
  plain_text_input: kind("value", "initial_value"),
  email_text_input: kind("value", "initial_value"),
  url_text_input: kind("value", "initial_value"),
  number_input: kind("value", "initial_value"),
  static_select: kind("selected_option", "initial_option", { hasOptions: true }),
  radio_buttons: kind("selected_option", "initial_option", { hasOptions: true }),
  multi_static_select: kind("selected_options", "initial_options", {
    hasOptions: true,
    isList: true,
  }),
  checkboxes: kind("selected_options", "initial_options", { hasOptions: true, isList: true }),
  // What it offers comes from the app (`withOffered`).
  external_select: kind("selected_option", "initial_option", { hasOptions: true }),
  multi_external_select: kind("selected_options", "initial_options", {
    hasOptions: true,
    isList: true,
  }),
  users_select: kind("selected_user", "initial_user"),
  multi_users_select: kind("selected_users", "initial_users", { isList: true }),
  conversations_select: kind("selected_conversation", "initial_conversation"),
  multi_conversations_select: kind("selected_conversations", "initial_conversations", {
    isList: true,
  }),
  channels_select: kind("selected_channel", "initial_channel"),
  multi_channels_select: kind("selected_channels", "initial_channels", { isList: true }),
  datepicker: kind("selected_date", "initial_date"),
  timepicker: kind("selected_time", "initial_time"),
  datetimepicker: kind("selected_date_time", "initial_date_time"),
  // nothing can be put into it beforehand; it holds ids, and Slack sends the files (`withFiles`)
  file_input: kind("files", "initial_files", { isList: true }),
};

/** Whether the element holds a value (a button and a menu of actions do not). */
export function isStateful(element: Json): boolean {
  return Object.hasOwn(kinds, String(element["type"]));
}

/** The state before anybody touches it: what is prefilled, `null` or an empty list. */
export function initialState(element: Json): ElementState {
  const { state, initial, isList } = kindOf(element);
  const filled = element[initial] ?? (isList ? [] : null);
  return { type: String(element["type"]), [state]: filled === "" ? null : filled };
}

/** The state after a person gave this; the problem as a sentence where Slack offers no such choice. */
export function givenState(
  element: Json,
  given: Given,
): { state: ElementState } | { problem: string } {
  const { state, isList, hasOptions } = kindOf(element);
  const type = String(element["type"]);
  const list = given === null || given === "" ? [] : Array.isArray(given) ? given : [given];
  if (!isList && list.length > 1) return { problem: "Only one choice is possible here." };
  if (!hasOptions) {
    const [only = null] = list;
    const plain = type === "datetimepicker" && only !== null ? Number(only) : only;
    return { state: { type, [state]: isList ? list : plain } };
  }
  const options = allOptions(element);
  const chosen: Json[] = [];
  for (const value of list) {
    const option = options.find((one) => one["value"] === value);
    if (!option) return { problem: `There is no such choice: ${value}.` };
    chosen.push(option);
  }
  return { state: { type, [state]: isList ? chosen : (chosen[0] ?? null) } };
}

/** The state as plain values, the way `givenState` takes them. */
export function readState(state: ElementState): Given {
  const shape = kinds[state.type];
  const value = shape ? state[shape.state] : null;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(plainValue);
  return plainValue(value);
}

/** Whether the choice is still offered by this element, which may have been updated since. */
export function stillFits(element: Json, state: ElementState): boolean {
  if (state.type !== element["type"]) return false;
  if (isExternal(element)) return true;
  return "state" in givenState(element, readState(state));
}

/**
 * What Slack's own client says before it sends anything, or undefined.
 * Whitespace passes, as it does in Slack.
 */
export function clientProblem(
  element: Json,
  state: ElementState,
  isRequired: boolean,
): string | undefined {
  const value = readState(state);
  if (value === null || value.length === 0) {
    return isRequired ? "Please complete this required field." : undefined;
  }
  if (Array.isArray(value)) {
    const most = element["max_selected_items"] ?? element["max_files"];
    return typeof most === "number" && value.length > most
      ? `Please choose no more than ${most}.`
      : undefined;
  }
  if (state.type === "plain_text_input") return lengthProblem(element, value);
  const form = forms[state.type];
  return form && !form.matches.test(value) ? form.sentence : undefined;
}

function lengthProblem(element: Json, value: string): string | undefined {
  const most = Number(element["max_length"] ?? 3_000);
  const least = Number(element["min_length"] ?? 0);
  if (value.length > most) return `Please enter no more than ${most} characters.`;
  if (value.length < least) return `Please enter at least ${least} characters.`;
  return undefined;
}

const forms: Readonly<Record<string, { matches: RegExp; sentence: string }>> = {
  number_input: { matches: /^-?\d+(\.\d+)?$/, sentence: "Please enter a number." },
  email_text_input: { matches: /^\S+@\S+\.\S+$/, sentence: "Please enter a valid email address." },
  url_text_input: { matches: /^https?:\/\/\S+$/, sentence: "Please enter a valid URL." },
  datepicker: { matches: /^\d{4}-\d{2}-\d{2}$/, sentence: "Please choose a date." },
  timepicker: { matches: /^\d{2}:\d{2}$/, sentence: "Please choose a time." },
  datetimepicker: { matches: /^\d{10}$/, sentence: "Please choose a date and time." },
};

/** Whether the element's options come from the app, for what is typed. */
export function isExternal(element: Json): boolean {
  return ["external_select", "multi_external_select"].includes(String(element["type"]));
}

/** An element with the options the app has offered so far, and those that are chosen; others as they are. */
export function withOffered(
  element: Json,
  offered: Json[],
  chosen: ElementState | undefined,
): Json {
  if (!isExternal(element)) return element;
  const held = [chosen?.["selected_option"], chosen?.["selected_options"]].flat();
  return { ...element, options: [...offered, ...objectsOf(held)] };
}

/** The elements of a block that carry an action_id. */
export function elementsOf(block: Json): Json[] {
  const single = [block["element"], block["accessory"]].filter(
    (one) => one !== undefined,
  ) as Json[];
  return [...single, ...objectsOf(block["elements"])].filter(
    (one) => textOf(one["action_id"]) !== undefined,
  );
}

function kindOf(element: Json): Kind {
  const found = kinds[String(element["type"])];
  if (!found) throw new Error(`a ${String(element["type"])} holds no value`);
  return found;
}

function plainValue(value: unknown): string {
  if (typeof value === "object" && value !== null) return String((value as Json)["value"]);
  return String(value);
}
