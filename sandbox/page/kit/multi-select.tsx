import type { MultiSelect } from "@slack/types";
import { useId, useRef, useState } from "react";
import { ChoicePanel } from "./choice-panel.tsx";
import { type ChoiceGroup, textsOf, useChoices, withChosen } from "./choices.ts";
import { useConfirm } from "./confirm.tsx";
import { asList, type Held, type Place, useHeld } from "./place.ts";
import { plainTextOf } from "./text.tsx";
import { type Valued } from "./values.ts";

const filteredFrom = 9;

/** A select of several. */
export function MultiSelectElement({ element, place }: { element: MultiSelect; place: Place }) {
  const held = useHeld(place, element as unknown as Valued);
  const { ask, question } = useConfirm(element.confirm);
  const [query, setQuery] = useState("");
  const filterId = useId();
  const chosen = asList(held.value);
  const groups = withChosen(useChoices(element), chosen);
  const count = groups.reduce((sum, { choices }) => sum + choices.length, 0);
  const shown = filtered(groups, query);
  const onLeave = useActOnLeave(held, place, ask);
  return (
    <>
      <ChoicePanel
        place={place}
        groups={shown}
        chosen={chosen}
        chosenTexts={textsOf(groups, chosen)}
        placeholder={plainTextOf(element.placeholder) || "Choose one or more"}
        isSingle={false}
        isBusy={held.isBusy}
        focusOnLoad={element.focus_on_load}
        choose={held.set}
        onLeave={onLeave}
      >
        {element.max_selected_items !== undefined && (
          <p className="bk-hint">Choose no more than {element.max_selected_items}.</p>
        )}
        {count >= filteredFrom && (
          <div className="bk-filter">
            <label htmlFor={filterId}>Show only</label>
            <input
              id={filterId}
              type="search"
              className="bk-control"
              value={query}
              onChange={({ target }) => setQuery(target.value)}
              onKeyDown={(event) => {
                // not the form's Enter
                if (event.key === "Enter") event.preventDefault();
              }}
            />
          </div>
        )}
        {shown.length === 0 && <p className="bk-hint">None of the choices has this in it.</p>}
      </ChoicePanel>
      {question}
    </>
  );
}

/** The app is told when the choosing is over, of what has changed. */
export function useActOnLeave(
  held: Held,
  place: Place,
  ask: (then: () => void) => void,
): () => void {
  const told = useRef(held.value);
  return () => {
    const { value } = held;
    if (!place.actsAtOnce || JSON.stringify(told.current) === JSON.stringify(value)) return;
    told.current = value;
    ask(() => held.act(value));
  };
}

function filtered(groups: readonly ChoiceGroup[], query: string): ChoiceGroup[] {
  const words = query.trim().toLowerCase();
  return groups
    .map((group) => ({
      ...group,
      choices: group.choices.filter(({ text }) => text.toLowerCase().includes(words)),
    }))
    .filter(({ choices }) => choices.length > 0);
}
