import { useEffect, useRef, useState } from "react";
import { ModalForm } from "#sandbox/page/kit/modal-form.tsx";
import { person } from "#sandbox/page/live/ask.ts";
import { useConnection, useOne } from "#sandbox/page/live/store.ts";
import type { Interaction, OpenView } from "#sandbox/protocol.ts";
import { messageBoxId } from "./composer.tsx";
import { useDraftKeeper, useOnlyDraftsOf } from "./form-drafts.ts";
import { useHere } from "./here.tsx";
import { sentenceOf } from "./notices.tsx";
import { actAsId } from "./rail.tsx";

/** The form before this person, how many they have open, and how it is put aside. */
export interface FormAtHand {
  top: OpenView | undefined;
  depth: number;
  putAside: () => void;
}

/** The forms on this person's screen; the top one is before them. */
export function useForms(): FormAtHand {
  const { me } = useHere();
  const forms = useOne("forms");
  const connection = useConnection();
  const [asideId, setAsideId] = useState<string>();
  const top = forms?.at(-1);
  // what cannot be closed can be put aside until the sandbox answers again
  useEffect(() => {
    if (connection === "live") setAsideId(undefined);
  }, [connection]);
  useOnlyDraftsOf(
    me.id,
    forms?.map(({ id }) => id),
  );
  const shown = top?.id === asideId ? undefined : top;
  useFocusBack(shown !== undefined);
  return { top: shown, depth: forms?.length ?? 0, putAside: () => setAsideId(top?.id) };
}

/** Shows the form: over the messages where there is room beside them, or else over everything. */
export function Forms({ at, isModal }: { at: FormAtHand; isModal: boolean }) {
  const { me } = useHere();
  const { top, depth, putAside } = at;
  if (!top) return null;
  return (
    <div className="form-layer" data-region="form" tabIndex={-1}>
      <Form key={`${me.id} ${top.id}`} view={top} {...{ depth, isModal, putAside }} />
    </div>
  );
}

interface FormProps extends Omit<FormAtHand, "top"> {
  view: OpenView;
  isModal: boolean;
}

function Form({ view, depth, isModal, putAside }: FormProps) {
  const { me } = useHere();
  const connection = useConnection();
  const keeper = useDraftKeeper(me.id, view.id);
  // who goes through the people by the arrow keys is not taken out of the list
  const [takesFocus] = useState(() => document.activeElement?.id !== actAsId);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [trouble, setTrouble] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const at = { userId: me.id, viewId: view.id };
  // errors are of the fields as they were: an app that changes the form has looked at them
  useEffect(() => setErrors({}), [view.hash]);

  const asking = useRef<Promise<void>>(undefined);
  /** One thing at a time: a double click is one press, and a choice waits for the one before it. */
  const ask = (call: () => Promise<Interaction>, isChoice = false) => {
    if (asking.current && !isChoice) return;
    const before = asking.current ?? Promise.resolve();
    const mine = before.then(() => askNow(call));
    asking.current = mine;
    void mine.then(() => {
      if (asking.current !== mine) return;
      asking.current = undefined;
      setIsBusy(false);
    });
  };
  const askNow = async (call: () => Promise<Interaction>) => {
    setIsBusy(true);
    setTrouble(undefined);
    try {
      const { status, error, fieldErrors } = await call();
      setErrors(fieldErrors ?? {});
      setTrouble(error ?? (status === "acked" ? undefined : troubleOfSlack));
    } catch (error) {
      setTrouble(sentenceOf(error));
    }
  };
  return (
    <ModalForm
      view={view}
      depth={depth}
      errors={errors}
      {...(trouble === undefined ? {} : { trouble })}
      isBusy={isBusy}
      onSubmit={(values) => ask(() => person("submit", { ...at, values }))}
      isModal={isModal}
      takesFocus={takesFocus}
      keeper={keeper}
      onClose={() => {
        if (connection === "lost") return putAside();
        person("closeView", at).catch((error: unknown) => setTrouble(sentenceOf(error)));
      }}
      onAct={(action) =>
        ask(
          () => person("act", { ...action, userId: me.id, in: { viewId: view.id } }),
          action.value !== undefined,
        )
      }
      upload={async (file) => (await person("upload", { userId: me.id, file })).fileId}
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
