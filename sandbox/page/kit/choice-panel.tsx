import { Fragment, type ReactNode, useId } from "react";
import { BusyNote } from "./button.tsx";
import type { ChoiceGroup } from "./choices.ts";
import { type Place } from "./place.ts";
import { useDisclosure } from "./use-disclosure.ts";

interface ChoicePanelProps {
  place: Place;
  groups: readonly ChoiceGroup[];
  chosen: readonly string[];
  /** What is chosen, in words; empty: nothing. */
  chosenTexts: readonly string[];
  placeholder: string;
  /** Radio buttons instead of checkboxes. */
  isSingle: boolean;
  isBusy: boolean;
  focusOnLoad: boolean | undefined;
  choose: (chosen: string[]) => void;
  /** It was closed, or left. */
  onLeave: () => void;
  onOpen?: () => void;
  /** What stands above the choices. */
  children?: ReactNode;
}

/** A button that says what is chosen, and behind it everything that can be. */
export function ChoicePanel(props: ChoicePanelProps) {
  const { place, chosen, chosenTexts, placeholder, isSingle, isBusy } = props;
  const panel = useDisclosure({ closesOutside: false });
  const panelId = useId();
  const sayId = useId();
  const name = useId();
  const close = () => {
    panel.close();
    props.onLeave();
  };
  return (
    <div
      className="bk-choose"
      ref={panel.root}
      onKeyDown={(event) => {
        const wasOpen = panel.isOpen;
        panel.onKeyDown(event);
        if (wasOpen && event.key === "Escape") props.onLeave();
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) props.onLeave();
      }}
    >
      <button
        type="button"
        ref={panel.toggle}
        id={place.controlId}
        className="bk-control bk-choose-toggle"
        data-invalid={place.isInvalid || undefined}
        data-focus-on-load={props.focusOnLoad || undefined}
        aria-expanded={panel.isOpen}
        aria-controls={panelId}
        aria-label={place.label && `${place.label}: ${chosenTexts.join(", ") || placeholder}`}
        aria-labelledby={place.labelledBy && `${place.labelledBy} ${sayId}`}
        aria-describedby={place.describedBy}
        aria-busy={isBusy || undefined}
        onClick={() => {
          if (panel.isOpen) return close();
          panel.open();
          props.onOpen?.();
        }}
      >
        <span id={sayId} className={chosenTexts.length === 0 ? "bk-placeholder" : "bk-chosen"}>
          {chosenTexts.length === 0
            ? placeholder
            : chosenTexts.map((text, index) => (
                <Fragment key={index}>
                  {index > 0 && " "}
                  <span className="bk-chip">
                    <bdi>{text}</bdi>
                  </span>
                </Fragment>
              ))}
        </span>
      </button>
      <div
        id={panelId}
        className="bk-choose-panel"
        role="group"
        aria-label={place.label ?? "Choices"}
        hidden={!panel.isOpen}
      >
        {props.children}
        <div className="bk-choose-list" tabIndex={-1}>
          {props.groups.map((group, index) => (
            <ChoiceList
              key={index}
              group={group}
              name={name}
              chosen={chosen}
              isSingle={isSingle}
              isInvalid={place.isInvalid}
              choose={(value, isChosen) => {
                if (isSingle) return props.choose([value]);
                props.choose(
                  isChosen ? [...chosen, value] : chosen.filter((other) => other !== value),
                );
              }}
            />
          ))}
        </div>
        <div className="bk-row bk-row-end">
          {chosen.length > 0 && (
            <button type="button" className="bk-button" onClick={() => props.choose([])}>
              Clear
            </button>
          )}
          <button type="button" className="bk-button" onClick={close}>
            Done
          </button>
        </div>
      </div>
      {isBusy && <BusyNote />}
    </div>
  );
}

interface ChoiceListProps {
  group: ChoiceGroup;
  name: string;
  chosen: readonly string[];
  isSingle: boolean;
  isInvalid: boolean;
  choose: (value: string, isChosen: boolean) => void;
}

function ChoiceList({ group, name, chosen, isSingle, isInvalid, choose }: ChoiceListProps) {
  const list = group.choices.map(({ value, text, description }) => (
    <label className="bk-option" key={value}>
      <input
        type={isSingle ? "radio" : "checkbox"}
        name={isSingle ? name : undefined}
        checked={chosen.includes(value)}
        aria-invalid={(!isSingle && isInvalid) || undefined}
        onChange={({ target }) => choose(value, target.checked)}
      />
      <span>
        <bdi className="bk-plain">{text}</bdi>{" "}
        {description !== undefined && (
          <span className="bk-description">
            <bdi className="bk-plain">{description}</bdi>
          </span>
        )}
      </span>
    </label>
  ));
  if (group.label === undefined) return list;
  return (
    <fieldset className="bk-group">
      <legend className="bk-group-label">
        <bdi>{group.label}</bdi>
      </legend>
      {list}
    </fieldset>
  );
}
