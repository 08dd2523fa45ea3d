import { useEffect, useRef, useState } from "react";
import { ModalForm } from "#sandbox/page/kit/modal-form.tsx";
import { person } from "#sandbox/page/live/ask.ts";
import { useOne } from "#sandbox/page/live/store.ts";
import type { Interaction, OpenView } from "#sandbox/protocol.ts";
import { messageBoxId } from "./composer.tsx";
import { useHere } from "./here.tsx";
import { sentenceOf } from "./notices.tsx";

/** The forms on this person's screen; the top one is before them. */
export function Forms() {
  const forms = useOne("forms") ?? [];
  const top = forms.at(-1);
  useFocusBack(top !== undefined);
  return top && <Form key={top.id} view={top} depth={forms.length} />;
}

function Form({ view, depth }: { view: OpenView; depth: number }) {
  const { me } = useHere();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [trouble, setTrouble] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const at = { userId: me.id, viewId: view.id };
  // errors are of the fields as they were: an app that changes the form has looked at them
  useEffect(() => setErrors({}), [view.hash]);

  const ask = async (call: () => Promise<Interaction>) => {
    setIsBusy(true);
    setTrouble(undefined);
    try {
      const { status, error, fieldErrors } = await call();
      setErrors(fieldErrors ?? {});
      setTrouble(error ?? (status === "acked" ? undefined : troubleOfSlack));
    } catch (error) {
      setTrouble(sentenceOf(error));
    }
    setIsBusy(false);
  };
  return (
    <ModalForm
      view={view}
      depth={depth}
      errors={errors}
      {...(trouble === undefined ? {} : { trouble })}
      isBusy={isBusy}
      onSubmit={(values) => void ask(() => person("submit", { ...at, values }))}
      onClose={() => {
        person("closeView", at).catch((error: unknown) => setTrouble(sentenceOf(error)));
      }}
      onAct={(action) =>
        void ask(() => person("act", { ...action, userId: me.id, in: { viewId: view.id } }))
      }
      options={(blockId, actionId, query) => person("options", { ...at, blockId, actionId, query })}
    />
  );
}

const troubleOfSlack = "We had some trouble connecting. Try again?";

/**
 * When the last form closes, whoever opened it goes on where they were; where that is gone (a message
 * that was edited meanwhile), at the message box.
 */
function useFocusBack(isOpen: boolean): void {
  const before = useRef<HTMLElement>(null);
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      // what stands in a form, or in a list that closes, is gone afterwards
      if (!(target instanceof HTMLElement) || target.closest("dialog, [popover]")) return;
      before.current = target;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, []);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    const isClosed = wasOpen.current && !isOpen;
    wasOpen.current = isOpen;
    if (!isClosed || document.activeElement !== document.body) return;
    const target = before.current?.isConnected ? before.current : null;
    (target ?? document.getElementById(messageBoxId))?.focus();
  }, [isOpen]);
}
