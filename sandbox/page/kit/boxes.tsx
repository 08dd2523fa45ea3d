import type { Checkboxes, RadioButtons } from "@slack/types";
import { useId } from "react";
import { BusyNote } from "./button.tsx";
import { useConfirm } from "./confirm.tsx";
import { asList, type Place, useHeld } from "./place.ts";
import { TextInline } from "./text.tsx";
import { type Valued } from "./values.ts";

/**
 * Checkboxes, of which several may be ticked, or radio buttons. They stand in a group that is named
 * like any control: by the label of its block, or by what it stands beside.
 */
export function BoxesElement({
  element,
  place,
}: {
  element: Checkboxes | RadioButtons;
  place: Place;
}) {
  const held = useHeld(place, element as unknown as Valued);
  const { ask, question } = useConfirm(element.confirm);
  const name = useId();
  const chosen = asList(held.value);
  const isRadio = element.type === "radio_buttons";
  const choose = (value: string, isChosen: boolean) => {
    const others = chosen.filter((other) => other !== value);
    const all = isChosen ? [...others, value] : others;
    ask(() => held.choose(isRadio ? value : all));
  };
  return (
    <div
      className="bk-boxes"
      role={isRadio ? "radiogroup" : "group"}
      aria-labelledby={place.labelledBy}
      aria-label={place.label}
      aria-describedby={place.describedBy}
      aria-invalid={(isRadio && place.isInvalid) || undefined}
      aria-required={(isRadio && place.isRequired) || undefined}
    >
      {element.options.map((option, index) => {
        const value = option.value ?? "";
        return (
          <label className="bk-option" key={option.value ?? index}>
            <input
              type={isRadio ? "radio" : "checkbox"}
              // the label of the block leads to the first
              id={index === 0 ? place.controlId : undefined}
              name={isRadio ? name : undefined}
              checked={chosen.includes(value)}
              aria-invalid={(!isRadio && place.isInvalid) || undefined}
              data-focus-on-load={(index === 0 && element.focus_on_load) || undefined}
              onChange={({ target }) => choose(value, target.checked)}
            />
            <span>
              <TextInline text={option.text} />{" "}
              {option.description && (
                <span className="bk-description">
                  <TextInline text={option.description} />
                </span>
              )}
            </span>
          </label>
        );
      })}
      {held.isBusy && <BusyNote />}
      {question}
    </div>
  );
}
