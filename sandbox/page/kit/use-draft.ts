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

/** Where a draft outlives the page. */
export interface DraftKeeper {
  /** What was kept; undefined: nothing. */
  read: () => Draft | undefined;
  write: (draft: Draft) => void;
}

/** What is typed into a form, over all versions the app makes of it; `keeper`: and over a reload. */
export function useDraft(
  view: FormVersion,
  keeper?: DraftKeeper,
): {
  values: Draft["values"];
  set: (blockId: string, value: Given) => void;
  /** What stands in the fields this very moment. */
  read: () => Record<string, Given>;
  /** The same, and it counts as told to the app. */
  send: () => Record<string, Given>;
} {
  const latest = useRef<Draft>(null);
  const [, redraw] = useState(0);
  latest.current ??= keeper?.read() ?? newDraft(view);
  const { of } = latest.current;
  if (of.id !== view.id || of.hash !== view.hash) latest.current = carryOver(latest.current, view);
  const become = (next: Draft) => {
    latest.current = next;
    keeper?.write(next);
  };
  const draft = latest.current;
  const now = () => latest.current ?? draft;
  return {
    values: draft.values,
    set: (blockId, value) => {
      become(fill(now(), blockId, value));
      redraw((count) => count + 1);
    },
    read: () => valuesOf(now()),
    send: () => {
      const values = valuesOf(now());
      become(noteSent(now(), values));
      return values;
    },
  };
}
