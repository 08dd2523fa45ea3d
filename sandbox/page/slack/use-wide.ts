import { useSyncExternalStore } from "react";

/** The same width stands in workspace.css, where a form lies over the messages only. */
const wide = "(min-width: 1000px)";

/** Whether there is room for a form and, beside it, for everything else. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(wide).matches);
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(wide);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
