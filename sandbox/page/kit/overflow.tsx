import type { Overflow } from "@slack/types";
import { useId } from "react";
import { BusyNote } from "./button.tsx";
import { useConfirm } from "./confirm.tsx";
import { Link } from "./link.tsx";
import type { Place } from "./place.ts";
import { useSurface } from "./surface.ts";
import { Plain } from "./text.tsx";
import { useDisclosure } from "./use-disclosure.ts";

/** A menu behind three dots. */
export function OverflowElement({ element, place }: { element: Overflow; place: Place }) {
  const { act, busy } = useSurface();
  const { ask, question } = useConfirm(element.confirm);
  const menu = useDisclosure({ closesOutside: true });
  const panelId = useId();
  const actionId = element.action_id ?? "";
  const isBusy = busy === `${place.blockId} ${actionId}`;
  const choose = (value: string | undefined) => {
    menu.close();
    ask(() =>
      act?.({ blockId: place.blockId, actionId, ...(value === undefined ? {} : { value }) }),
    );
  };
  return (
    <div className="bk-overflow" ref={menu.root} onKeyDown={menu.onKeyDown}>
      <button
        type="button"
        ref={menu.toggle}
        className="bk-button bk-button-dots"
        aria-label="More actions"
        aria-expanded={menu.isOpen}
        aria-controls={panelId}
        aria-disabled={isBusy || undefined}
        onClick={() => {
          if (!isBusy) (menu.isOpen ? menu.close : menu.open)();
        }}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      <ul className="bk-menu" id={panelId} hidden={!menu.isOpen}>
        {element.options.map((option, index) => (
          <li key={option.value ?? index}>
            {option.url === undefined ? (
              <button type="button" className="bk-menu-item" onClick={() => choose(option.value)}>
                <Plain text={option.text} />{" "}
                {option.description && (
                  <span className="bk-description">
                    <Plain text={option.description} />
                  </span>
                )}
              </button>
            ) : (
              <Link url={option.url} className="bk-menu-item" onFollow={() => choose(option.value)}>
                <Plain text={option.text} />
              </Link>
            )}
          </li>
        ))}
      </ul>
      {isBusy && <BusyNote />}
      {question}
    </div>
  );
}
