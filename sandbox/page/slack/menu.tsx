import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import "./menu.css";

const CloseContext = createContext<() => void>(() => {});

/** A button that opens a list of things to do. Escape and a press elsewhere close it. */
export function Menu(props: {
  /** What the button is called. */
  label: string;
  /** What it shows. */
  face: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [anchor, shown] = [button.current, list.current];
    if (!isOpen || !anchor || !shown) return;
    shown.showPopover();
    place(shown, anchor);
    focusable(shown)[0]?.focus();
  }, [isOpen]);
  const close = () => list.current?.hidePopover();
  return (
    <>
      <button
        ref={button}
        type="button"
        className={props.className ?? "quiet"}
        aria-label={props.label}
        title={props.label}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {props.face}
      </button>
      {isOpen && (
        <div
          ref={list}
          popover="auto"
          role="group"
          aria-label={props.label}
          className="menu"
          onToggle={({ newState }) => {
            if (newState === "closed") setIsOpen(false);
          }}
          onKeyDown={(event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step === undefined || !list.current) return;
            event.preventDefault();
            const all = focusable(list.current);
            const here = all.findIndex((one) => one === document.activeElement);
            all.at((here + step) % all.length)?.focus();
          }}
        >
          <CloseContext value={close}>{props.children}</CloseContext>
        </div>
      )}
    </>
  );
}

/** One thing to do; the list is closed when it is chosen. */
export function MenuItem(props: {
  onChoose: () => void;
  children: ReactNode;
  className?: string;
  label?: string;
}) {
  const close = useContext(CloseContext);
  return (
    <button
      type="button"
      className={`menu-item ${props.className ?? ""}`}
      aria-label={props.label}
      title={props.label}
      onClick={() => {
        close();
        props.onChoose();
      }}
    >
      {props.children}
    </button>
  );
}

/** Closes the list around it. */
export function useCloseMenu(): () => void {
  return useContext(CloseContext);
}

function focusable(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("button, a[href], input, select")];
}

const gap = 4;

/** Below the button, or above where there is no room; always within the window. */
function place(list: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const isBelow = at.bottom + gap + height <= innerHeight;
  const top = isBelow ? at.bottom + gap : Math.max(gap, at.top - gap - height);
  const left = Math.max(gap, Math.min(at.left, innerWidth - width - gap));
  list.style.top = `${top}px`;
  list.style.left = `${left}px`;
}
