import { useEffect, useMemo } from "react";
import type { Draft } from "#sandbox/page/kit/draft.ts";
import type { DraftKeeper } from "#sandbox/page/kit/use-draft.ts";
import { forgetOthers, keep, kept } from "./keeping.ts";

const longestKept = 200_000;

/** Keeps what a person has typed into a form as long as the tab is there. */
export function useDraftKeeper(userId: string, viewId: string): DraftKeeper {
  return useMemo(() => {
    const name = nameOf(userId, viewId);
    return {
      read: () => readDraft(kept("session", name), viewId),
      write: (draft) => {
        const text = JSON.stringify(draft);
        // a huge paste is not written to the disk at every key
        keep("session", name, text.length > longestKept ? "" : text);
      },
    };
  }, [userId, viewId]);
}

/** Forgets drafts of forms that this person has no longer open. */
export function useOnlyDraftsOf(userId: string, viewIds: readonly string[] | undefined): void {
  const open = viewIds?.join(" ");
  useEffect(() => {
    if (open === undefined) return;
    const names = open.split(" ").map((viewId) => nameOf(userId, viewId));
    forgetOthers("session", nameOf(userId, ""), new Set(names));
  }, [userId, open]);
}

/** A draft as it was kept; undefined: it is of no form that could be this one. */
export function readDraft(text: string | undefined, viewId: string): Draft | undefined {
  if (text === undefined) return undefined;
  try {
    const draft = JSON.parse(text) as Partial<Draft> | null;
    const isWhole = draft?.of?.id === viewId && draft.values && draft.known && draft.held;
    return isWhole ? (draft as Draft) : undefined;
  } catch {
    return undefined;
  }
}

function nameOf(userId: string, viewId: string): string {
  return `form ${userId} ${viewId}`;
}
