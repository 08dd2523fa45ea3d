import { useState } from "react";
import { type Given, useSurface } from "./surface.ts";
import { initialValue, type Valued } from "./values.ts";

/** Where an element stands, and what names and describes it there. */
export interface Place {
  blockId: string;
  /** Id of the control; a label may point at it. */
  controlId: string;
  /** Whether what it holds is what its block holds in a form. */
  isValueOfBlock: boolean;
  /** Whether the app is told of each choice. */
  actsAtOnce: boolean;
  /** Ids of what names it; absent: it is named by `label`, or by a `<label>`. */
  labelledBy?: string;
  label?: string;
  describedBy?: string;
  isInvalid: boolean;
  isRequired: boolean;
}

/** What an element holds and what can be done with it. */
export interface Held {
  value: Given;
  set: (value: Given) => void;
  /** Tells the app. */
  act: (value: Given) => void;
  /** Both, the latter where the element stands so that the app is told. */
  choose: (value: Given) => void;
  isBusy: boolean;
}

/** What this element holds: in a form it is the form's, elsewhere its own. */
export function useHeld(place: Place, element: Valued): Held {
  const { fields, act, busy } = useSurface();
  const [own, setOwn] = useState<Given>(() => initialValue(element));
  const { blockId } = place;
  const actionId = element.action_id ?? "";
  const inForm = place.isValueOfBlock ? fields : undefined;
  const held: Held = {
    value: inForm ? (inForm.values[blockId] ?? null) : own,
    set: (value) => {
      if (inForm) inForm.set(blockId, value);
      else setOwn(value);
    },
    // what is taken back is told too
    act: (value) => act?.({ blockId, actionId, value: value ?? "" }),
    choose: (value) => {
      held.set(value);
      if (place.actsAtOnce) held.act(value);
    },
    isBusy: busy === `${blockId} ${actionId}`,
  };
  return held;
}

/** What is given as one text. */
export function asText(value: Given): string {
  return Array.isArray(value) ? (value[0] ?? "") : (value ?? "");
}

/** What is given as a list. */
export function asList(value: Given): readonly string[] {
  return Array.isArray(value) ? value : value === null || value === "" ? [] : [value];
}

/** The attributes by which a control is named, described and marked. */
export function namedBy(place: Place) {
  return {
    id: place.controlId,
    "aria-labelledby": place.labelledBy,
    "aria-label": place.label,
    "aria-describedby": place.describedBy,
    "aria-invalid": place.isInvalid || undefined,
    "aria-required": place.isRequired || undefined,
  };
}
