import type { Datepicker, DateTimepicker, Timepicker } from "@slack/types";
import { type KeyboardEvent, useId, useState } from "react";
import { BusyNote } from "./button.tsx";
import { useConfirm } from "./confirm.tsx";
import { asText, namedBy, type Place, useHeld } from "./place.ts";
import { useSurface } from "./surface.ts";
import { useSettled } from "./use-settled.ts";
import { type Valued } from "./values.ts";
import { fromLocalInput, toLocalInput } from "./zone.ts";

type Picker = Datepicker | Timepicker | DateTimepicker;

const inputTypes = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" };
/** A year is typed digit by digit: the app is told of the last, not of the year 2. */
const quietMs = 600;

/** A date, a time of day, or both: the browser's own fields. */
export function PickerElement({ element, place }: { element: Picker; place: Place }) {
  const held = useHeld(place, element as unknown as Valued);
  const { ask, question } = useConfirm(element.confirm);
  const { zone } = useSurface();
  const zoneId = useId();
  const hasZone = element.type === "datetimepicker";
  const value = asText(held.value);
  const [typed, setTyped] = useTyped(value, hasZone ? zone : undefined);
  const telling = useSettled((given: string) => ask(() => held.act(given)), quietMs);
  const onChange = (text: string) => {
    const given = hasZone ? secondsIn(text, zone) : text;
    setTyped(text, given);
    held.set(given === "" ? null : given);
    if (place.actsAtOnce) telling.later(given);
  };
  const { "aria-describedby": describedBy, ...names } = namedBy(place);
  return (
    <span className="bk-picker">
      <input
        {...names}
        className="bk-control"
        type={inputTypes[element.type]}
        aria-describedby={[hasZone && zoneId, describedBy].filter(Boolean).join(" ") || undefined}
        aria-busy={held.isBusy || undefined}
        data-focus-on-load={element.focus_on_load || undefined}
        value={typed}
        onChange={({ target }) => onChange(target.value)}
        onBlur={telling.now}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === "Enter") telling.now();
        }}
      />
      {hasZone && (
        <span className="bk-hint" id={zoneId}>
          Time zone: {zone}
        </span>
      )}
      {held.isBusy && <BusyNote />}
      {question}
    </span>
  );
}

/**
 * What stands in the field. Of the same moment it stays as it was typed: a time that the clocks skip
 * would otherwise jump under the fingers.
 */
function useTyped(
  value: string,
  zone: string | undefined,
): [string, (text: string, value: string) => void] {
  const shownFor = (held: string) =>
    zone === undefined || held === "" ? held : toLocalInput(Number(held), zone);
  const [typed, setTyped] = useState({ text: shownFor(value), value, zone });
  const isCurrent = typed.value === value && typed.zone === zone;
  const text = isCurrent ? typed.text : shownFor(value);
  if (!isCurrent) setTyped({ text, value, zone });
  return [text, (text, value) => setTyped({ text, value, zone })];
}

function secondsIn(text: string, zone: string): string {
  const seconds = fromLocalInput(text, zone);
  return seconds === undefined ? "" : String(seconds);
}
