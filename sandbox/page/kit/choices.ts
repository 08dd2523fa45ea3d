import type { PlainTextElement } from "@slack/types";
import { type Surface, useSurface } from "./surface.ts";
import { plainTextOf } from "./text.tsx";

/** One thing to choose, as plain text. */
export interface Choice {
  value: string;
  text: string;
  description?: string;
}
export interface ChoiceGroup {
  /** Absent: they stand in no group. */
  label?: string;
  choices: readonly Choice[];
}

/** Any select, as far as its choices go. */
export interface Choosing {
  type: string;
  options?: readonly PlainOption[];
  option_groups?: readonly { label: PlainTextElement; options: readonly PlainOption[] }[];
}
interface PlainOption {
  text: PlainTextElement;
  value?: string;
  description?: PlainTextElement;
}

/** What a select offers where it stands: its options, or people and channels of the workspace. */
export function useChoices(element: Choosing): readonly ChoiceGroup[] {
  const surface = useSurface();
  if (element.type.endsWith("users_select")) return [{ choices: peopleOf(surface) }];
  if (/(?:channels|conversations)_select$/.test(element.type)) {
    return [{ choices: channelsOf(surface) }];
  }
  if (element.option_groups) {
    return element.option_groups.map(({ label, options }) => ({
      label: plainTextOf(label),
      choices: options.map(choiceOf),
    }));
  }
  return [{ choices: (element.options ?? []).map(choiceOf) }];
}

/** The groups and, if it is none of theirs, what is chosen. */
export function withChosen(
  groups: readonly ChoiceGroup[],
  chosen: readonly string[],
): readonly ChoiceGroup[] {
  const known = new Set(groups.flatMap(({ choices }) => choices.map(({ value }) => value)));
  const missing = chosen.filter((value) => !known.has(value));
  if (missing.length === 0) return groups;
  return [...groups, { choices: missing.map((value) => ({ value, text: value })) }];
}

/** The texts of what is chosen, in the order of the groups. */
export function textsOf(groups: readonly ChoiceGroup[], chosen: readonly string[]): string[] {
  return groups
    .flatMap(({ choices }) => choices)
    .filter(({ value }) => chosen.includes(value))
    .map(({ text }) => text);
}

function choiceOf({ text, value, description }: PlainOption): Choice {
  return {
    value: value ?? "",
    text: plainTextOf(text),
    ...(description ? { description: plainTextOf(description) } : {}),
  };
}

function peopleOf({ people }: Surface): Choice[] {
  return byText([...people].map(([value, handle]) => ({ value, text: `@${handle}` })));
}

function channelsOf({ channels }: Surface): Choice[] {
  // a direct message has no name
  const named = [...channels].filter(([, name]) => name !== "");
  return byText(named.map(([value, name]) => ({ value, text: `#${name}` })));
}

function byText(choices: Choice[]): Choice[] {
  return choices.toSorted((a, b) => (a.text < b.text ? -1 : 1));
}
