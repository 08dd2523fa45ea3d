import { type ReactNode, useState } from "react";
import { ScrollBox } from "#sandbox/page/panes/scroll-box.tsx";

/** What the sandbox keeps of a text, in characters. */
const kept = 20_000;

/** Something that went over the wire, shown when it is unfolded. `summary`: what it is. */
export function Unfold({
  summary,
  texts,
}: {
  summary: ReactNode;
  texts: readonly { name: string; text: string }[];
}) {
  const [isOpen, setIsOpen] = useState(false);
  if (texts.length === 0) return <span className="in-what">{summary}</span>;
  return (
    <details className="in-unfold" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen &&
        texts.map(({ name, text }) => (
          <figure key={name}>
            <figcaption>
              {name}
              {text.length >= kept && `, cut at ${kept.toLocaleString("en")} characters`}
            </figcaption>
            <ScrollBox label={name} className="in-text">
              <pre>{pretty(text)}</pre>
            </ScrollBox>
          </figure>
        ))}
    </details>
  );
}

/** JSON with a line for each value; any other text as it stands. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
