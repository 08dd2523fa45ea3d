// What can be pressed in blocks, and what somebody would plausibly put into a form, whatever it asks.

import type { AnyBlock, KnownBlock } from "@slack/types";
import type { OpenView } from "#sandbox/protocol.ts";
import { hostileText } from "./hostile.ts";
import type { FormValues } from "./desk.ts";

/** Something that tells the bot of a press: a button, one option of a menu, one person of a list. */
export interface Control {
  blockId: string;
  actionId: string;
  /** What is chosen; absent: a button, which has its own. */
  value?: string;
  /** Which of the options it is, counted from 0. */
  option: number;
  /** It opens a web page: that is seen, and nothing else need come of it. */
  isLink: boolean;
  /** It shows by itself what was chosen in it. */
  isStateful: boolean;
}

/** Of how many options a menu is still tried in full. */
const longestMenu = 12;

interface Element {
  type: string;
  action_id?: string;
  url?: string;
  options?: { value: string }[];
  option_groups?: { options: { value: string }[] }[];
  max_length?: number;
  multiline?: boolean;
}
interface Block {
  type: string;
  block_id?: string;
  dispatch_action?: boolean;
  optional?: boolean;
  element?: Element;
  accessory?: Element;
  elements?: Element[];
}

/** Who is chosen where a person is asked for, and when "now" is, in seconds. */
export interface Choices {
  people: readonly string[];
  channelId: string;
  now: number;
}

/** Every control of a message, form or Home, top to bottom; of a menu each option. */
export function controlsOf(
  blocks: readonly (KnownBlock | AnyBlock)[],
  choices: Choices,
): Control[] {
  return (blocks as readonly Block[]).flatMap((block) => {
    const elements =
      block.type === "input"
        ? block.dispatch_action === true
          ? [block.element]
          : []
        : [block.accessory, ...(block.elements ?? [])];
    return elements.flatMap((element) =>
      element ? controlsOfElement(block, element, choices) : [],
    );
  });
}

function controlsOfElement(block: Block, element: Element, choices: Choices): Control[] {
  const { action_id: actionId, type } = element;
  if (actionId === undefined) return [];
  const control = {
    blockId: block.block_id ?? "",
    actionId,
    option: 0,
    isLink: element.url !== undefined,
    isStateful: type !== "button" && type !== "overflow",
  };
  if (type === "button") return [control];
  const values = optionsOf(element) ?? candidatesOf(block, element, choices).slice(0, 1);
  const all = values.map((value, option) => ({ ...control, value, option }));
  // of a long list the first ones and the last stand for all
  return all.length <= longestMenu ? all : [...all.slice(0, 2), ...all.slice(-1)];
}

/** Undefined where nothing is offered: a person, a day or free text is asked for. */
function optionsOf(element: Element): string[] | undefined {
  const groups = element.option_groups?.flatMap(({ options }) => options);
  return (element.options ?? groups)?.map(({ value }) => value);
}

/** How a form is filled in: what is plausible, or what hurts in every text. */
export type Manner = "plausible" | "hostile";

/**
 * What somebody puts into an open form. What is prefilled stays. `attempts` says how often each field
 * was refused so far: the next thing somebody would try is taken.
 */
export function fillPlausibly(
  view: OpenView,
  choices: Choices,
  manner: Manner,
  attempts: ReadonlyMap<string, number> = new Map(),
): FormValues {
  const values: FormValues = {};
  for (const block of view.blocks as readonly Block[]) {
    const { block_id: id, element } = block;
    if (block.type !== "input" || !element || id === undefined) continue;
    const attempt = attempts.get(id) ?? 0;
    const held = view.values[id];
    const isHeld = held !== null && held !== undefined && held.length > 0;
    const isText = element.type === "plain_text_input";
    if (isHeld && attempt === 0 && !(isText && manner === "hostile")) continue;
    if (isText && manner === "hostile") {
      // as long as a field of any kind takes, until it is short enough for this one
      const most = lengths[attempt % lengths.length] ?? 39;
      values[id] = hostileText(`form.${id}`, Math.min(most, element.max_length ?? most));
      continue;
    }
    // a tick that nobody has to set stays away at first
    if (element.type === "checkboxes" && block.optional === true && attempt === 0) continue;
    const [first, ...others] = candidatesOf(block, element, choices);
    // what was refused and need not be there is left out next
    const candidates = [first, ...(block.optional === true ? [null] : []), ...others];
    const chosen = candidates[attempt % candidates.length];
    if (chosen === undefined) continue;
    const isList = /^multi_|^checkboxes$/.test(element.type);
    values[id] = isList ? (chosen === null ? [] : [chosen]) : chosen;
  }
  return values;
}

/** How much the kinds of text fields take, in characters. */
const lengths = [3000, 1000, 150, 39];

/** A form with nothing in it, as far as it can be emptied. */
export function emptied(view: OpenView): FormValues {
  return Object.fromEntries(
    (view.blocks as readonly Block[]).flatMap(({ type, block_id: id, element }) =>
      type === "input" && id !== undefined && element
        ? [[id, /^multi_|^checkboxes$/.test(element.type) ? [] : null]]
        : [],
    ),
  );
}

function candidatesOf(block: Block, element: Element, choices: Choices): string[] {
  const options = optionsOf(element);
  if (options) return options;
  const { now, people, channelId } = choices;
  switch (element.type) {
    case "users_select":
    case "multi_users_select":
      return [...people];
    case "conversations_select":
    case "channels_select":
      return [channelId];
    case "datepicker":
      return ["2099-01-31", dayOf(now), dayOf(now - 86_400)];
    case "timepicker":
      return ["09:30"];
    case "datetimepicker":
      return [now - 600, now + 3_600, now - 60, now - 864_000].map(String);
    case "file_input":
      // whoever has no file at hand types the counts
      return [];
    case "number_input":
      return ["3", "1", "0"];
    default:
      return textsFor(block.block_id ?? "", element);
  }
}

/** The kinds of text that forms ask for, by the name of the field. */
function textsFor(fieldId: string, element: Element): string[] {
  const most = element.max_length ?? 3_000;
  const texts = /link|url/.test(fieldId)
    ? ["https://example.com/runs/1"]
    : /login/.test(fieldId)
      ? ["owner-retrieval-data"]
      : /repo/.test(fieldId)
        ? ["example/incidents"]
        : /slice|scope/.test(fieldId)
          ? ["models: the small one", "Readers of the travel pages"]
          : /^(?:timeout|retries)$/.test(fieldId)
            ? ["3"]
            : /criterion/.test(fieldId)
              ? [
                  "The nightly index job exits non-zero when any document is skipped, shown by its contract test",
                ]
              : [
                  "The index job skipped documents whose new field it did not know",
                  "412",
                  "400 ms",
                  "one=two",
                ];
  return texts.map((text) => text.slice(0, most));
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 10);
}
