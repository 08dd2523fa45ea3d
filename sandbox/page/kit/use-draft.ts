import { useRef, useState } from "react";
import {
  carryOver,
  type Draft,
  fill,
  type FormVersion,
  newDraft,
  noteSent,
  valuesOf,
} from "./draft.ts";
import type { Given } from "./surface.ts";

/** What is typed into a form, over all versions the app makes of it. */
export function useDraft(view: FormVersion): {
  values: Draft["values"];
  set: (blockId: string, value: Given) => void;
  /** What stands in the fields this very moment. */
  read: () => Record<string, Given>;
  /** The same, and it counts as told to the app. */
  send: () => Record<string, Given>;
} {
  const latest = useRef<Draft>(null);
  const [, redraw] = useState(0);
  latest.current ??= newDraft(view);
  const { of } = latest.current;
  if (of.id !== view.id || of.hash !== view.hash) latest.current = carryOver(latest.current, view);
  const draft = latest.current;
  const now = () => latest.current ?? draft;
  return {
    values: draft.values,
    set: (blockId, value) => {
      latest.current = fill(now(), blockId, value);
      redraw((count) => count + 1);
    },
    read: () => valuesOf(now()),
    send: () => {
      const values = valuesOf(now());
      latest.current = noteSent(now(), values);
      return values;
    },
  };
}
