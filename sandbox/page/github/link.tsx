import { createContext, type MouseEvent, type ReactNode, useContext } from "react";

/** Shows an issue or pull request of the sandbox's own, or a message, in the page; false: it is none. */
export const FollowContext = createContext<(url: string) => boolean>(() => false);

/** The address as a browser reads it, where it is one of the web; undefined: it is shown as text. */
export function webAddress(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : undefined;
}

/** A link of a text that people wrote: to the web, or to a part of the same text. */
export function TextLink({
  href,
  id,
  children,
}: {
  href?: string;
  id?: string;
  children?: ReactNode;
}) {
  const follow = useContext(FollowContext);
  if (href?.startsWith("#")) {
    return (
      <a href={href} id={id} onClick={(event) => showPart(event, href)}>
        {children}
      </a>
    );
  }
  const address = href === undefined ? undefined : webAddress(href);
  if (address === undefined) return <span>{children}</span>;
  return (
    <a
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        if (isPlain(event) && follow(address)) event.preventDefault();
      }}
    >
      {children}
    </a>
  );
}

/** The hash of the page's address is the page's own. */
function showPart(event: MouseEvent, href: string): void {
  event.preventDefault();
  const part = document.getElementById(decodeURIComponent(href.slice(1)));
  part?.scrollIntoView({ block: "center" });
  part?.focus({ preventScroll: true });
}

function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}
