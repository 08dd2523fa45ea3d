import { useEffect, useRef } from "react";

/** Keys that work everywhere: Ctrl or Cmd K searches, F6 goes from part to part, Escape closes the side. */
export function useKeys(does: { onSearch: () => void; onEscape: () => void }): void {
  const latest = useRef(does);
  useEffect(() => {
    latest.current = does;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        if (!document.querySelector("dialog:modal")) latest.current.onSearch();
      } else if (event.key === "F6") {
        event.preventDefault();
        toNextRegion(event.shiftKey ? -1 : 1);
      } else if (event.key === "Escape" && closesSide(event)) {
        latest.current.onEscape();
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Escape belongs to what lies on top, and to the pane only where one is in it. */
function closesSide(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || document.querySelector("dialog:modal, :popover-open")) return false;
  return event.target instanceof Element && event.target.closest("[data-region=side]") !== null;
}

function toNextRegion(step: 1 | -1): void {
  if (document.querySelector("dialog:modal")) return;
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter((one) =>
    one.checkVisibility(),
  );
  const now = regions.findIndex((one) => one.contains(document.activeElement));
  const from = now < 0 && step < 0 ? 0 : now;
  regions.at((from + step) % regions.length)?.focus();
}
