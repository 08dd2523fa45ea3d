import type { Button } from "@slack/types";
import { useConfirm } from "./confirm.tsx";
import { Link } from "./link.tsx";
import { safeUrl } from "./links.ts";
import { type Place } from "./place.ts";
import { useSurface } from "./surface.ts";
import { Plain, plainTextOf } from "./text.tsx";

/** A button; one with an address is a link that looks like one. */
export function ButtonElement({ element, place }: { element: Button; place: Place }) {
  const { act, busy, follow } = useSurface();
  const { ask, question } = useConfirm(element.confirm);
  const { blockId } = place;
  const actionId = element.action_id ?? "";
  const isBusy = busy === `${blockId} ${actionId}`;
  const tell = () =>
    act?.({ blockId, actionId, ...(element.value === undefined ? {} : { value: element.value }) });
  const className = ["bk-button", element.style && `bk-button-${element.style}`]
    .filter(Boolean)
    .join(" ");
  const url = element.url === undefined ? undefined : safeUrl(element.url);
  if (url !== undefined && !element.confirm) {
    return (
      <Link url={url} className={className} label={spokenName(element)} onFollow={tell}>
        <Plain text={element.text} />
      </Link>
    );
  }
  const press = () => {
    tell();
    if (url !== undefined && !follow?.(url)) window.open(url, "_blank", "noopener,noreferrer");
  };
  return (
    <>
      <button
        type="button"
        className={className}
        aria-label={spokenName(element)}
        aria-disabled={isBusy || undefined}
        aria-busy={isBusy || undefined}
        onClick={() => {
          if (!isBusy) ask(press);
        }}
      >
        <Plain text={element.text} />
        {isBusy && <span className="bk-spinner" aria-hidden="true" />}
      </button>
      {isBusy && <BusyNote />}
      {question}
    </>
  );
}

/** What screen readers say, with what is seen in it: who speaks to the page says what they see. */
function spokenName({ text, accessibility_label: label }: Button): string | undefined {
  if (label === undefined) return undefined;
  const seen = plainTextOf(text);
  return label.toLowerCase().includes(seen.toLowerCase()) ? label : `${seen}: ${label}`;
}

/** Says that the app has been told and has not answered yet. */
export function BusyNote() {
  return (
    <span className="bk-busy" role="status">
      Waiting for the app
    </span>
  );
}
