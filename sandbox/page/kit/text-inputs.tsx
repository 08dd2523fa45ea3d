import type { EmailInput, NumberInput, PlainTextInput, URLInput } from "@slack/types";
import { type ClipboardEvent, type KeyboardEvent, useId, useState } from "react";
import { BusyNote } from "./button.tsx";
import { asText, namedBy, type Place, useHeld } from "./place.ts";
import { plainTextOf } from "./text.tsx";
import { useSettled } from "./use-settled.ts";
import { type Valued } from "./values.ts";

type TextInput = PlainTextInput | EmailInput | NumberInput | URLInput;

const inputTypes = {
  plain_text_input: "text",
  email_text_input: "email",
  url_text_input: "url",
  // what is no number reaches the check, which says so; the browser's own field would swallow it
  number_input: "text",
};
const quietMs = 400;
const hugeText = 20_000;

/** A field for text, of one line or several. */
export function TextInputElement({ element, place }: { element: TextInput; place: Place }) {
  const held = useHeld(place, element as unknown as Valued);
  const countId = useId();
  const value = asText(held.value);
  const most = element.type === "plain_text_input" ? element.max_length : undefined;
  const telling = useTelling(element, place, held.act);
  const direction = useDirection(value);
  const { "aria-describedby": describedBy, ...names } = namedBy(place);
  const common = {
    ...names,
    className: "bk-control",
    ...direction,
    "aria-describedby":
      [describedBy, most !== undefined && countId].filter(Boolean).join(" ") || undefined,
    "aria-busy": held.isBusy || undefined,
    "data-focus-on-load": element.focus_on_load || undefined,
    placeholder: plainTextOf(element.placeholder) || undefined,
    value,
    onBlur: telling.onLeave,
  };
  const onChange = (text: string) => {
    held.set(text === "" ? null : text);
    telling.onType(text);
  };
  return (
    <>
      {element.type === "plain_text_input" && element.multiline ? (
        <textarea
          {...common}
          rows={3}
          onChange={({ target }) => onChange(target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.currentTarget.form?.requestSubmit();
            }
          }}
        />
      ) : (
        <input
          {...common}
          type={inputTypes[element.type]}
          inputMode={element.type === "number_input" ? "decimal" : undefined}
          autoComplete="off"
          onChange={({ target }) => onChange(target.value)}
          onKeyDown={(event) => telling.onKeyDown(event, value)}
        />
      )}
      {most !== undefined && <Count id={countId} length={value.length} most={most} />}
      {held.isBusy && <BusyNote />}
    </>
  );
}

/**
 * Letters stand in the direction of what is written. Of a huge text the browser takes seconds to find
 * it, at every key and while it is pasted: such a text stands from left to right.
 */
function useDirection(value: string) {
  const [isPastedHuge, setIsPastedHuge] = useState(false);
  const isHuge = value.length > hugeText || isPastedHuge;
  return {
    dir: isHuge ? undefined : ("auto" as const),
    onPaste: (event: ClipboardEvent) =>
      setIsPastedHuge(event.clipboardData.getData("text").length > hugeText),
  };
}

/** When the app hears of what is typed: at Enter, or of every letter, as the element says. */
function useTelling(element: TextInput, place: Place, act: (value: string) => void) {
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const ofLetters = place.actsAtOnce && when.includes("on_character_entered");
  const atEnter = place.actsAtOnce && when.includes("on_enter_pressed");
  const settled = useSettled(act, quietMs);
  return {
    onType: (text: string) => {
      if (ofLetters) settled.later(text);
    },
    onLeave: settled.now,
    onKeyDown: (event: KeyboardEvent, text: string) => {
      if (event.key !== "Enter" || !atEnter) return;
      // it does not submit the form too
      event.preventDefault();
      act(text);
    },
  };
}

/** How much of what is allowed is written; too much is not cut, it is said. */
function Count({ id, length, most }: { id: string; length: number; most: number }) {
  const left = most - length;
  const says = left < 0 ? `${-left} too many` : `${length} of ${most} characters`;
  return (
    <span className={left < 0 ? "bk-count bk-count-over" : "bk-count"} id={id}>
      {says}
      <span className="bk-unseen" role="status">
        {left < 0 ? "This is too long." : left <= most / 20 ? `${left} characters left.` : ""}
      </span>
    </span>
  );
}
