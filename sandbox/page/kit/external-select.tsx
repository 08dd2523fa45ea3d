import type { ExternalSelect, MultiExternalSelect, PlainTextOption } from "@slack/types";
import { useEffect, useId, useRef, useState } from "react";
import type { OfferedOptions } from "#sandbox/protocol.ts";
import { ChoicePanel } from "./choice-panel.tsx";
import { type ChoiceGroup, textsOf, withChosen } from "./choices.ts";
import { useConfirm } from "./confirm.tsx";
import { useActOnLeave } from "./multi-select.tsx";
import { asList, type Place, useHeld } from "./place.ts";
import { useSurface } from "./surface.ts";
import { plainTextOf } from "./text.tsx";
import { type Valued } from "./values.ts";

const quietMs = 300;

/** A select, of one or of several, whose choices the app gives for what is typed. */
export function ExternalSelectElement({
  element,
  place,
}: {
  element: ExternalSelect | MultiExternalSelect;
  place: Place;
}) {
  const isSingle = element.type === "external_select";
  const held = useHeld(place, element as unknown as Valued);
  const { ask, question } = useConfirm(element.confirm);
  const inputId = useId();
  const least = element.min_query_length ?? 3;
  const offer = useOffered(place.blockId, element.action_id ?? "", least);
  const known = useKnownTexts(element, offer.groups);
  const chosen = asList(held.value);
  const inWords = textsOf(withChosen(known, chosen), chosen);
  const onLeave = useActOnLeave(held, place, ask);
  return (
    <>
      <ChoicePanel
        place={place}
        groups={offer.groups}
        chosen={chosen}
        chosenTexts={inWords}
        placeholder={plainTextOf(element.placeholder) || "Search and choose"}
        isSingle={isSingle}
        isBusy={held.isBusy}
        focusOnLoad={element.focus_on_load}
        choose={(values) => held.set(isSingle ? (values[0] ?? null) : values)}
        onLeave={onLeave}
        onOpen={() => offer.search(offer.query)}
      >
        <div className="bk-filter">
          <label htmlFor={inputId}>Search</label>
          <input
            id={inputId}
            type="search"
            className="bk-control"
            value={offer.query}
            onChange={({ target }) => offer.search(target.value)}
            onKeyDown={(event) => {
              // not the form's Enter
              if (event.key === "Enter") event.preventDefault();
            }}
          />
        </div>
        <p className="bk-hint" role="status">
          {offer.says}
        </p>
      </ChoicePanel>
      {question}
    </>
  );
}

interface Offer {
  query: string;
  search: (query: string) => void;
  groups: readonly ChoiceGroup[];
  says: string;
}

/** Asks the app once the typing rests; an answer to what is no longer asked is dropped. */
function useOffered(blockId: string, actionId: string, least: number): Offer {
  const options = useSurface().fields?.options;
  const [query, setQuery] = useState("");
  const [groups, setGroups] = useState<readonly ChoiceGroup[]>([]);
  const [says, setSays] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef("");
  useEffect(() => () => clearTimeout(timer.current), []);
  const fetchOptions = async (wanted: string) => {
    if (!options) return setSays("The choices come from the app, which is not asked from here.");
    setSays("Waiting for the app");
    const offered = await options(blockId, actionId, wanted).catch(
      (error: unknown): OfferedOptions => ({
        status: "failed",
        ms: 0,
        error: error instanceof Error ? error.message : "The app could not be asked.",
        options: [],
      }),
    );
    if (asked.current !== wanted) return;
    setGroups(groupsOf(offered));
    setSays(wordsOf(offered));
  };
  return {
    query,
    groups,
    says,
    search: (wanted) => {
      setQuery(wanted);
      asked.current = wanted;
      clearTimeout(timer.current);
      if (wanted.length >= least) {
        timer.current = setTimeout(() => void fetchOptions(wanted), quietMs);
        return;
      }
      setGroups([]);
      setSays(`Type at least ${least} ${least === 1 ? "character" : "characters"}.`);
    },
  };
}

function groupsOf({ options }: OfferedOptions): ChoiceGroup[] {
  const groups = new Map<string | undefined, ChoiceGroup["choices"][number][]>();
  for (const { value, text, group } of options) {
    groups.set(group, [...(groups.get(group) ?? []), { value, text }]);
  }
  return [...groups].map(([label, choices]) => ({
    choices,
    ...(label === undefined ? {} : { label }),
  }));
}

function wordsOf({ status, error, options }: OfferedOptions): string {
  if (status !== "acked") return error ?? "The app did not answer.";
  if (options.length === 0) return "The app knows nothing like this.";
  return options.length === 1 ? "1 choice" : `${options.length} choices`;
}

/** What has been offered so far and what was chosen beforehand, to say what is chosen. */
function useKnownTexts(
  element: ExternalSelect | MultiExternalSelect,
  offered: readonly ChoiceGroup[],
): readonly ChoiceGroup[] {
  const known = useRef(new Map<string, string>());
  const initial: readonly (PlainTextOption | undefined)[] =
    element.type === "external_select" ? [element.initial_option] : (element.initial_options ?? []);
  for (const option of initial) {
    if (option) known.current.set(option.value ?? "", plainTextOf(option.text));
  }
  for (const { value, text } of offered.flatMap(({ choices }) => choices)) {
    known.current.set(value, text);
  }
  return [{ choices: [...known.current].map(([value, text]) => ({ value, text })) }];
}
