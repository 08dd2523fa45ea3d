import type { Confirm } from "@slack/types";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Plain, TextBlock } from "./text.tsx";

interface Asking {
  onYes: () => void;
}

/**
 * Asks before something is done, where the element says so: `ask` does it at once or after a yes;
 * `question` is to be shown.
 */
export function useConfirm(confirm: Confirm | undefined): {
  ask: (onYes: () => void) => void;
  question: ReactNode;
} {
  const [asking, setAsking] = useState<Asking>();
  const answer = (isYes: boolean) => {
    setAsking(undefined);
    if (isYes) asking?.onYes();
  };
  return {
    ask: (onYes) => (confirm ? setAsking({ onYes }) : onYes()),
    question: confirm && asking ? <Question confirm={confirm} answer={answer} /> : null,
  };
}

function Question({ confirm, answer }: { confirm: Confirm; answer: (isYes: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const textId = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="bk-confirm"
      aria-labelledby={titleId}
      aria-describedby={textId}
      onCancel={(event) => {
        // a form around it hears of its own dialog only
        event.stopPropagation();
        event.preventDefault();
        answer(false);
      }}
    >
      <h2 className="bk-confirm-title" id={titleId}>
        <Plain text={confirm.title ?? "Are you sure?"} />
      </h2>
      <div id={textId}>
        <TextBlock text={confirm.text} />
      </div>
      <div className="bk-row bk-row-end">
        <button type="button" className="bk-button" onClick={() => answer(false)}>
          <Plain text={confirm.deny ?? "Cancel"} />
        </button>
        <button
          type="button"
          className={`bk-button bk-button-${confirm.style ?? "primary"}`}
          onClick={() => answer(true)}
        >
          <Plain text={confirm.confirm ?? "Yes"} />
        </button>
      </div>
    </dialog>
  );
}
