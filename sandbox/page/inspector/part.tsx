import { type ReactNode, useState } from "react";
import { ScrollBox } from "#sandbox/page/panes/scroll-box.tsx";

/** One of the lists, which can be folded; what is folded costs nothing. */
export function Part({
  title,
  count,
  startsOpen = false,
  children,
}: {
  title: string;
  count: string;
  startsOpen?: boolean;
  children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(startsOpen);
  return (
    <details
      className="in-part"
      open={isOpen}
      onToggle={(event) => {
        // what is folded within it toggles too
        if (event.target === event.currentTarget) setIsOpen(event.currentTarget.open);
      }}
    >
      <summary>
        <h4>{title}</h4> <span className="pn-soft">{count}</span>
      </summary>
      {isOpen && children}
    </details>
  );
}

/**
 * A table with a name, its heads, and its rows; one sentence where there is none. Where it is narrow a row
 * is laid out as a card, by its `kind`: what is laid out so loses its role, unless it is said.
 */
export function Table({
  kind,
  caption,
  heads,
  empty,
  children,
}: {
  kind: "effects" | "deliveries" | "calls";
  caption: string;
  heads: readonly string[];
  /** Shown where there is no row. */
  empty: string;
  children: readonly ReactNode[];
}) {
  if (children.length === 0) return <p className="pn-soft">{empty}</p>;
  return (
    <ScrollBox label={caption} className={`in-table in-${kind}`}>
      <table role="table">
        <caption className="only-spoken">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {heads.map((head) => (
              <th key={head} scope="col" role="columnheader">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">{children}</tbody>
      </table>
    </ScrollBox>
  );
}

/** "12 of 300", or "300" where all are shown. */
export function shownOf(shown: number, all: number): string {
  return shown === all ? String(all) : `${shown} of ${all}`;
}
