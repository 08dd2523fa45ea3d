import { type ReactNode, useEffect, useRef } from "react";
import { Icon } from "./icon.tsx";
import "./dialog.css";

/** A small form of the page's own over everything else. */
export function PlainDialog(props: {
  title: string;
  className?: string;
  onClose: () => void;
  children: (close: () => void) => ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // what it was opened for, and not how to close it
    dialog.current?.querySelector<HTMLElement>("input, select, pre[tabindex]")?.focus();
  }, []);
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      className={`plain-dialog ${props.className ?? ""}`}
      aria-label={props.title}
      onClose={props.onClose}
    >
      <header>
        <h2>{props.title}</h2>
        <button type="button" className="quiet" aria-label="Close" onClick={close}>
          <Icon of="close" />
        </button>
      </header>
      {props.children(close)}
    </dialog>
  );
}
