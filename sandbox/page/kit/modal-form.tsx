import { type ReactNode, useEffect, useId, useMemo, useRef } from "react";
import type { OpenView } from "#sandbox/protocol.ts";
import { Blocks } from "./blocks.tsx";
import { type Fields, type Given, type Surface, SurfaceContext, useSurface } from "./surface.ts";
import { Plain } from "./text.tsx";
import { type DraftKeeper, useDraft } from "./use-draft.ts";
import "./modal-form.css";

/** Something pressed or chosen in a form, with what is filled in so far. */
export interface ModalAction {
  blockId: string;
  actionId: string;
  value?: string | string[];
  values: Record<string, Given>;
}

export interface ModalFormProps {
  view: OpenView;
  /** How many forms stand open, this one counted. */
  depth: number;
  /** What is wrong, by block_id. */
  errors: Readonly<Record<string, string>>;
  /** What is wrong with the sending itself. */
  trouble?: string | undefined;
  /** It has been sent and is not answered yet. */
  isBusy: boolean;
  onSubmit: (values: Record<string, Given>) => void;
  onClose: () => void;
  onAct: (action: ModalAction) => void;
  options?: Fields["options"];
  upload?: Fields["upload"];
  /** `page`: it stands among other things, for a picture. */
  frame?: "dialog" | "page";
  headingLevel?: 2 | 3 | 4 | 5;
  /** False: what stands beside it can be used meanwhile. */
  isModal?: boolean;
  /** False: the focus stays where it is when the form comes. */
  takesFocus?: boolean;
  /** Keeps what is typed over a reload of the page. */
  keeper?: DraftKeeper;
}

/** A form as it stands open on a person's screen; what is typed is kept here until it is sent. */
export function ModalForm(props: ModalFormProps) {
  const { view, depth, errors, trouble, isBusy, onSubmit, onClose, onAct, options, upload } = props;
  const { frame = "dialog", headingLevel = 2, isModal = true, takesFocus = true } = props;
  const surface = useSurface();
  const draft = useDraft(view, props.keeper);
  const form = useRef<HTMLFormElement>(null);
  const titleId = useId();
  useFocusOnErrors(form, errors);
  const inForm: Surface = {
    ...surface,
    act: (action) => {
      const values = draft.send();
      onAct({ ...action, values });
    },
    fields: {
      values: draft.values,
      set: draft.set,
      errors,
      ...(options ? { options } : {}),
      ...(upload ? { upload } : {}),
    },
  };
  const Title = `h${headingLevel}` as const;
  const fieldIds = new Set(view.blocks.map(({ block_id: id }) => id));
  const astray = Object.entries(errors).filter(([blockId]) => !fieldIds.has(blockId));
  const troubles = [...(trouble === undefined ? [] : [trouble]), ...astray.map(([, one]) => one)];
  return (
    <Frame {...{ frame, titleId, isModal, takesFocus, onClose }}>
      <form
        ref={form}
        className="bk-modal-form"
        // Slack's own checks come with the answer, beside those of the app
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy && view.submit) onSubmit(draft.read());
        }}
      >
        <div className="bk-modal-top">
          <Title className="bk-modal-title" id={titleId}>
            <Plain text={view.title} />
          </Title>
          {depth > 1 && <span className="bk-modal-depth">opened over another form</span>}
          <button type="button" className="bk-modal-x" aria-label="Close form" onClick={onClose}>
            <span aria-hidden="true">×</span>
          </button>
        </div>
        <div className="bk-modal-body" {...(hasControls(view) ? {} : scrollsByKeyboard)}>
          <SurfaceContext value={inForm}>
            <Blocks blocks={view.blocks} headingLevel={(headingLevel + 1) as 3} />
          </SurfaceContext>
        </div>
        <div className="bk-modal-foot">
          <div className="bk-modal-trouble" role="alert">
            {troubles.map((one, index) => (
              <p className="bk-error" key={index}>
                <span className="bk-error-mark" aria-hidden="true">
                  !
                </span>
                <bdi className="bk-plain">{one}</bdi>
              </p>
            ))}
          </div>
          <div className="bk-row bk-row-end">
            <button type="button" className="bk-button" onClick={onClose}>
              <Plain text={view.close ?? (view.submit ? "Cancel" : "Close")} />
            </button>
            {view.submit && (
              <button
                type="submit"
                className="bk-button bk-button-primary"
                aria-disabled={isBusy || undefined}
                aria-busy={isBusy || undefined}
              >
                <Plain text={view.submit} />
                {isBusy && <span className="bk-spinner" aria-hidden="true" />}
              </button>
            )}
          </div>
          <div className="bk-unseen" role="status">
            {isBusy ? "Waiting for the app" : ""}
          </div>
        </div>
      </form>
    </Frame>
  );
}

/** Where nothing in it can have the focus, the text itself has it, to be scrolled. */
const scrollsByKeyboard = { tabIndex: 0, role: "group", "aria-label": "What it says" };

function hasControls({ blocks }: OpenView): boolean {
  return blocks.some((block) => ["input", "actions"].includes(block.type) || "accessory" in block);
}

interface FrameProps {
  frame: "dialog" | "page";
  titleId: string;
  isModal: boolean;
  takesFocus: boolean;
  onClose: () => void;
  children: ReactNode;
}

function Frame({ frame, titleId, isModal, takesFocus, onClose, children }: FrameProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isGone = useRef(false);
  const wasShown = useRef(false);
  useEffect(() => {
    isGone.current = false;
    const before = document.activeElement;
    const shown = dialog.current;
    if (!shown) return;
    if (isModal) shown.showModal();
    else shown.show();
    // a window that became wider or narrower leaves one in one's field
    const stays = wasShown.current ? shown.contains(before) : !takesFocus && !isModal;
    const first = shown.querySelector<HTMLElement>("[data-focus-on-load]") ?? firstField(shown);
    const target = stays ? before : first;
    wasShown.current = true;
    if (target instanceof HTMLElement) target.focus();
    return () => {
      isGone.current = true;
      const now = document.activeElement;
      const isInside = now === null || now === document.body || shown.contains(now);
      shown.close();
      if (isInside && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [isModal]);
  useEscape(dialog, frame === "dialog" && !isModal, onClose);
  if (frame === "page") {
    return (
      <div className="bk-modal bk-modal-page" role="group" aria-labelledby={titleId}>
        {children}
      </div>
    );
  }
  return (
    <dialog
      ref={dialog}
      className="bk-modal"
      aria-labelledby={titleId}
      onCancel={(event) => {
        // it goes when the sandbox says that it is closed
        event.preventDefault();
        if (event.target === event.currentTarget && event.nativeEvent.cancelable) onClose();
      }}
      onClose={() => {
        // a browser takes it away by itself where Escape is pressed again and again
        if (isGone.current || !dialog.current || dialog.current.open) return;
        dialog.current.showModal();
        onClose();
      }}
    >
      {children}
    </dialog>
  );
}

/** A form that is not modal hears of Escape itself: from within, and from where nothing has the focus. */
function useEscape(
  dialog: { readonly current: HTMLDialogElement | null },
  isOn: boolean,
  onEscape: () => void,
): void {
  const latest = useRef(onEscape);
  useEffect(() => {
    latest.current = onEscape;
  });
  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector("dialog:modal, :popover-open")) return;
      const [shown, target] = [dialog.current, event.target as Node];
      // around it: nothing else has the focus
      if (!shown?.contains(target) && !target.contains(shown)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [dialog, isOn]);
}

const controls = "input:not([type=hidden]), select, textarea, button";

function firstField(root: HTMLElement): HTMLElement | null {
  return (
    root.querySelector<HTMLElement>(`.bk-field :is(${controls})`) ??
    root.querySelector<HTMLElement>(".bk-modal-foot button")
  );
}

/** The first field that something is wrong with has the focus when the answer comes. */
function useFocusOnErrors(
  form: { readonly current: HTMLFormElement | null },
  errors: Readonly<Record<string, string>>,
): void {
  const wrong = useMemo(() => JSON.stringify(errors), [errors]);
  useEffect(() => {
    if (wrong === "{}") return;
    form.current?.querySelector<HTMLElement>(`.bk-field[data-invalid] :is(${controls})`)?.focus();
  }, [form, wrong]);
}
