import type { Offer } from "./use-suggestions.ts";

/** What is offered above the message box. */
export function SuggestionList({ id, offer }: { id: string; offer: Offer }) {
  const { shown, active } = offer;
  const count = shown?.items.length ?? 0;
  return (
    <>
      <p className="only-spoken" role="status">
        {count > 0 && `${count} to choose from, with the arrow keys`}
      </p>
      {shown && (
        <div className="suggestions" data-kind={shown.kind}>
          {offer.hint !== undefined && <p className="usage-hint">{offer.hint}</p>}
          <ul id={id} role="listbox" aria-label={names[shown.kind]}>
            {shown.items.map((item, index) => (
              <li
                key={item.insert}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                // the box keeps the focus
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => offer.pick(item)}
              >
                {item.label} {item.detail !== "" && <small>{item.detail}</small>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

const names = {
  command: "Commands",
  subcommand: "What can follow",
  person: "People",
  channel: "Channels",
};
