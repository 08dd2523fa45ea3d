import { ScrollBox } from "#sandbox/page/panes/scroll-box.tsx";

/** Text as it stands, line by line. */
export function Code({ text, label = "Source" }: { text: string; label?: string }) {
  return (
    <ScrollBox label={label} className="gh-code">
      <pre>
        <code>{text}</code>
      </pre>
    </ScrollBox>
  );
}
