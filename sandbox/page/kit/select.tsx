import type { Select } from "@slack/types";
import { BusyNote } from "./button.tsx";
import { type Choice, useChoices, withChosen } from "./choices.ts";
import { useConfirm } from "./confirm.tsx";
import { asText, namedBy, type Place, useHeld } from "./place.ts";
import { plainTextOf } from "./text.tsx";
import { type Valued } from "./values.ts";

/** A select of one: the browser's own. */
export function SelectElement({ element, place }: { element: Select; place: Place }) {
  const held = useHeld(place, element as unknown as Valued);
  const { ask, question } = useConfirm(element.confirm);
  const value = asText(held.value);
  const groups = withChosen(useChoices(element), value === "" ? [] : [value]);
  const placeholder = plainTextOf(element.placeholder) || "Choose one";
  // what has been chosen can be taken back where nothing need be chosen
  const canBeEmpty = value === "" || !place.isRequired;
  return (
    <span className="bk-select">
      <span className="bk-select-box" data-empty={value === "" || undefined}>
        <select
          {...namedBy(place)}
          className="bk-control"
          data-focus-on-load={element.focus_on_load || undefined}
          aria-busy={held.isBusy || undefined}
          value={value}
          onChange={({ target }) => {
            const chosen = target.value === "" ? null : target.value;
            ask(() => held.choose(chosen));
          }}
        >
          {canBeEmpty && <option value="">{placeholder}</option>}
          {groups.map((group, index) =>
            group.label === undefined ? (
              <Options key={index} choices={group.choices} />
            ) : (
              <optgroup key={index} label={group.label}>
                <Options choices={group.choices} />
              </optgroup>
            ),
          )}
        </select>
      </span>
      {held.isBusy && <BusyNote />}
      {question}
    </span>
  );
}

function Options({ choices }: { choices: readonly Choice[] }) {
  return choices.map(({ value, text, description }) => (
    <option key={value} value={value}>
      {description === undefined ? text : `${text} – ${description}`}
    </option>
  ));
}
