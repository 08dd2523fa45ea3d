import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";

/** Something that a button shows and hides. */
export interface Disclosure {
  isOpen: boolean;
  root: RefObject<HTMLDivElement | null>;
  toggle: RefObject<HTMLButtonElement | null>;
  open: () => void;
  /** Hides it; the button has the focus again where what is hidden had it. */
  close: () => void;
  /** For the root: Escape hides it, and nothing else. */
  onKeyDown: (event: KeyboardEvent) => void;
}

/** `closesOutside`: a press elsewhere, or the focus going elsewhere, hides it too. */
export function useDisclosure({ closesOutside }: { closesOutside: boolean }): Disclosure {
  const [isOpen, setIsOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen || !closesOutside) return;
    const onOutside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setIsOpen(false);
    };
    document.addEventListener("pointerdown", onOutside);
    document.addEventListener("focusin", onOutside);
    return () => {
      document.removeEventListener("pointerdown", onOutside);
      document.removeEventListener("focusin", onOutside);
    };
  }, [isOpen, closesOutside]);
  const close = () => {
    if (root.current?.contains(document.activeElement)) toggle.current?.focus();
    setIsOpen(false);
  };
  return {
    isOpen,
    root,
    toggle,
    open: () => setIsOpen(true),
    close,
    onKeyDown: (event) => {
      if (event.key !== "Escape" || !isOpen) return;
      // the form around it stays
      event.preventDefault();
      event.stopPropagation();
      close();
    },
  };
}
