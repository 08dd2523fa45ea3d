import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { person } from "#sandbox/page/live/ask.ts";
import { troubleOf } from "./acting.ts";
import { AttachedFiles, PlusMenu, type TextFile } from "./attaching.tsx";
import { useDraft } from "./drafts.ts";
import { useHere } from "./here.tsx";
import { sentenceOf } from "./notices.tsx";
import { SuggestionList } from "./suggestion-list.tsx";
import { commandOf, longestMessage, tooLong, unknownCommand } from "./suggestions.ts";
import { useKnown, useSuggestions } from "./use-suggestions.ts";
import "./composer.css";

/** The id of a channel's message box, which can be jumped to. */
export const messageBoxId = "message-box";

interface Props {
  channelId: string;
  /** The head of the thread that is written into. */
  threadTs?: string;
  /** What the box is called: "Message #general". */
  label: string;
  /** The element's id, for who wants to jump to it. */
  id?: string;
  onSent?: () => void;
}

/** The message box: Enter sends, what begins with "/" is a command. */
export function Composer({ channelId, threadTs, label, id, onSent }: Props) {
  const { me } = useHere();
  const known = useKnown(channelId);
  const [text, setText] = useDraft([me.id, channelId, threadTs].filter(Boolean).join(" "));
  const [files, setFiles] = useState<TextFile[]>([]);
  const [isSending, setIsSending] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const box = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number>(undefined);
  const listId = useId();
  const write = (next: string, at?: number) => {
    caret.current = at;
    setText(next);
    setTrouble(undefined);
  };
  const offer = useSuggestions(text, known, threadTs === undefined, write);

  // a picked suggestion leaves the cursor behind itself
  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    box.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [text]);

  const send = async () => {
    if (isSending || (text.trim() === "" && files.length === 0)) return;
    const word = commandOf(text);
    const refused = tooLong(text) ?? (word && cannotCommand(word));
    if (refused) return setTrouble(refused);
    setIsSending(true);
    const problem = word
      ? await troubleOf("command", { userId: me.id, channelId, text })
      : await say();
    setIsSending(false);
    setTrouble(problem);
    box.current?.focus();
    if (problem !== undefined) return;
    setText("");
    setFiles([]);
    onSent?.();
  };
  const cannotCommand = (word: string) =>
    threadTs === undefined
      ? unknownCommand(word, known)
      : `${word} is not supported in threads. Sorry!`;
  const say = async () => {
    try {
      await person("say", {
        userId: me.id,
        channelId,
        text,
        ...(threadTs === undefined ? {} : { threadTs }),
        ...(files.length > 0 ? { files } : {}),
      });
      return undefined;
    } catch (error) {
      return sentenceOf(error);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || offer.onKeyDown(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    void send();
  };
  const tooLongNow = text.length > longestMessage ? tooLong(text) : undefined;

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <SuggestionList id={listId} offer={offer} />
      <div className="composer-box" data-huge={tooLongNow !== undefined || undefined}>
        <PlusMenu
          onFile={(file) => setFiles([...files, file])}
          onTrouble={setTrouble}
          hasShortcuts={threadTs === undefined}
        />
        <textarea
          ref={box}
          id={id}
          rows={1}
          aria-label={label}
          placeholder={label}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={offer.shown ? listId : undefined}
          aria-activedescendant={offer.active >= 0 ? `${listId}-${offer.active}` : undefined}
          aria-invalid={trouble !== undefined || undefined}
          readOnly={isSending}
          value={text}
          onChange={({ target }) => {
            write(target.value);
            offer.moveCursor(target.selectionStart);
          }}
          onSelect={({ currentTarget }) => offer.moveCursor(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onBlur={offer.dismiss}
        />
        <button type="submit" className="primary" disabled={isSending}>
          {isSending ? "Sending…" : "Send"}
        </button>
      </div>
      <AttachedFiles files={files} onChange={setFiles} />
      <p className="slack-error" role="alert">
        {trouble ?? tooLongNow}
      </p>
      {tooLongNow !== undefined && (
        <button
          type="button"
          onClick={() => {
            setFiles([...files, { name: "message.txt", mimetype: "text/plain", content: text }]);
            write("");
            box.current?.focus();
          }}
        >
          Make it a text file
        </button>
      )}
    </form>
  );
}
