import { useState } from "react";
import { keep, kept } from "./keeping.ts";

/** What was typed and not sent, by person and place; a reload keeps it where the browser can. */
const drafts = new Map<string, string>();
const longestKept = 50_000;

/** The draft of one message box, and how to change it. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => drafts.get(key) ?? kept("session", nameOf(key)) ?? "");
  return [
    text,
    (next) => {
      setText(next);
      drafts.set(key, next);
      // a huge paste is not written to the disk at every key
      keep("session", nameOf(key), next.length > longestKept ? "" : next);
    },
  ];
}

function nameOf(key: string): string {
  return `draft ${key}`;
}
